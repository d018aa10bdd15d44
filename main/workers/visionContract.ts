import { z } from 'zod';
import { noteCodes, providers, resultSchema } from '../../preload/index.ts';
import { manifestSchema } from '../packs/index.ts';
import { sheetSchema } from './sheetContract.ts';
import { bytesSchema, float32Schema } from './typedArrays.ts';

/** What a vision worker is told at its start. The pack has been verified by whoever starts it. */
export const visionSettingsSchema = z.object({
  pack: z.object({ manifest: manifestSchema, dir: z.string() }),
  /** `auto`: whichever is there, gives what the processor gives, and gives it sooner. */
  provider: z.enum([...providers, 'auto']),
  /** Takes what processor time is left over: photos can wait, the window and the guest before it cannot. */
  isInBackground: z.boolean(),
  /** Is ready only once it is as quick as it will be. */
  isWarmedUp: z.boolean(),
});

/** Pixels of the upright original: x to the right, y down, from its top left corner. May reach beyond the border. */
const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const faceSchema = z.object({
  box: boxSchema,
  /** The detector's own, 0..1. */
  score: z.number(),
  /** Five points x1, y1, ... (eyes, nose, mouth corners; as seen, left first), pixels of the upright original. */
  landmarks: z.array(z.number()).length(10),
  /** Float32Array [dimensions], unit length. */
  template: float32Schema,
  /** Length of the template before it was brought to 1: large for clear faces, small for what is none. */
  norm: z.number(),
  /** How well it is seen (quality.ts): about 1 for a usual clear face, less for one that is small, blurred, in bad light or turned. */
  quality: z.number().positive(),
});

/** Where the time of one picture went, milliseconds of wall clock. */
const timingsSchema = z.object({
  decode: z.number(),
  /** Where derivatives were wanted. */
  derive: z.number().optional(),
  detect: z.number(),
  align: z.number(),
  embed: z.number(),
});

/** Files that the derivatives of one photo are written to; their folders are made. */
const derivativeFilesSchema = z.object({ thumbnail: z.string(), screen: z.string() });

/** What the camera wrote of the shot. */
const captureSchema = z.object({
  /** By its own clock: local, 'YYYY-MM-DDTHH:MM:SS'. */
  at: z.string().optional(),
  subSecondMs: z.number().int().optional(),
  /** By how much that clock is ahead of UTC. */
  utcOffsetMinutes: z.number().int().optional(),
  camera: z.string().optional(),
  serial: z.string().optional(),
  lens: z.string().optional(),
});

const analysisSchema = z.object({
  /** Of the upright original, pixels. */
  width: z.number().int(),
  height: z.number().int(),
  notes: z.array(z.enum(noteCodes)),
  capture: captureSchema,
  /** Of photos: a difference hash, 16 hexadecimal digits, and how sharp the picture is (looks.ts). */
  hash: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  sharpness: z.number().optional(),
  faces: z.array(faceSchema),
  timings: timingsSchema,
});

/** A face at a glance: enough to tell its owner how to stand. */
const glimpseSchema = z.object({
  box: boxSchema,
  score: z.number(),
  landmarks: z.array(z.number()).length(10),
  /** The brightest tenth of the face begins here: BT.601 luma, 0..1. */
  brightLuma: z.number(),
});

export const visionContract = {
  /** What it runs on, for doctor and the health view. */
  describe: {
    request: z.object({}),
    reply: z.object({
      sharpBuild: z.enum(['native', 'wasm']),
      sharp: z.string(),
      libvips: z.string(),
      onnxruntime: z.string(),
      provider: z.enum(providers),
    }),
  },
  /** Finds the faces of one picture and computes their templates. */
  analyse: {
    request: z.object({
      /** Photos travel as paths (a copy costs ~4.5 ms/MB), selfies as the bytes of their file. */
      source: z.union([z.object({ path: z.string() }), z.object({ bytes: bytesSchema })]),
      lane: z.enum(['guest', 'ingest']),
      maxPixels: z.number().int().positive(),
      /** Where faces were a moment ago, fractions of the picture. */
      expected: z.array(boxSchema).optional(),
      /** Wanted beside the faces, from the same decoding. */
      derivatives: derivativeFilesSchema.optional(),
    }),
    reply: resultSchema(analysisSchema),
  },
  /** Where the faces of a camera's frame are, and how they look; no template is made. */
  glance: {
    request: z.object({ bytes: bytesSchema, maxPixels: z.number().int().positive() }),
    reply: resultSchema(
      z.object({
        width: z.number().int(),
        height: z.number().int(),
        faces: z.array(glimpseSchema),
      }),
    ),
  },
  /** Writes the derivatives of a photo that was searched before there were any. */
  derive: {
    request: z.object({ path: z.string(), maxPixels: z.number().int().positive(), derivatives: derivativeFilesSchema }),
    reply: resultSchema(z.object({})),
  },
  /** Reads a QR code that is somewhere in a photo. */
  readCode: {
    request: z.object({ path: z.string(), maxPixels: z.number().int().positive() }),
    reply: resultSchema(z.object({ text: z.string().optional() })),
  },
  /** Draws a sheet to be printed. @returns photo.* for a photo or picture that cannot be decoded */
  compose: {
    request: z.object({ sheet: sheetSchema, maxPixels: z.number().int().positive(), target: z.string() }),
    reply: resultSchema(z.object({})),
  },
  /** Writes a picture of the event's own as the windows show it. */
  convert: {
    request: z.object({ path: z.string(), maxPixels: z.number().int().positive(), target: z.string() }),
    reply: resultSchema(z.object({})),
  },
};

export type VisionContract = typeof visionContract;
export type VisionSettings = z.infer<typeof visionSettingsSchema>;
export type Box = z.infer<typeof boxSchema>;
export type Face = z.infer<typeof faceSchema>;
export type DerivativeFiles = z.infer<typeof derivativeFilesSchema>;
export type Capture = z.infer<typeof captureSchema>;
export type Glimpse = z.infer<typeof glimpseSchema>;
export type Analysis = z.infer<typeof analysisSchema>;
export type Stage = keyof z.infer<typeof timingsSchema>;
