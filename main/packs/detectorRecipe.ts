import { z } from 'zod';

/** What every detector is fed with and judged by. */
const common = {
  /** The network's only one, where none is named. */
  input: z.string().optional(),
  layout: z.enum(['NCHW', 'NHWC']),
  colour: z.enum(['RGB', 'BGR']),
  /** The network sees (px - mean) / scale; three means are of red, green and blue. */
  mean: z.union([z.number(), z.tuple([z.number(), z.number(), z.number()])]),
  scale: z.number().positive(),
  /** Input sides are padded up to a multiple of this, pixels. */
  sideMultiple: z.number().int().positive(),
  /** Of a network that takes squares of one size only, their side, pixels. */
  fixedSidePx: z.number().int().positive().optional(),
  /** The picture is shrunk so that its longer side is at most this, pixels. */
  longSidePx: z.number().int().positive(),
  /** Faces of less than this height in that copy, pixels, are often missed there, and looked for in a larger one. */
  smallFacePx: z.number().int().positive().default(40),
  /** The longer side of that one is at most this, pixels. */
  largerSidePx: z.number().int().positive().optional(),
  /** From here on it is a face. */
  scoreThreshold: z.number().min(0).max(1),
  /** From here on it may be one, and is worth a look by itself. */
  doubtThreshold: z.number().min(0).max(1),
  /** In that look it has to come to so much: it is the second one. */
  againThreshold: z.number().min(0).max(1),
  nmsIou: z.number().min(0).max(1),
  nmsContainment: z.number().min(0).max(1),
};

const stride = z.number().int().positive();
const strides = z.array(stride);
const minSizes = z.array(z.array(z.number().positive()));
const variances = { centreVariance: z.number().positive(), sizeVariance: z.number().positive() };
const anchorsPerCell = z.number().int().positive();

const ultrafaceSchema = z.object({
  ...common,
  family: z.literal('ultraface'),
  outputs: z.object({ scores: z.string(), boxes: z.string() }),
  strides,
  minSizes,
  maxPriorHeightPx: z.number().positive(),
  ...variances,
});

const scrfdSchema = z.object({
  ...common,
  family: z.literal('scrfd'),
  /** Names of outputs; some of these networks find no points. */
  levels: z.array(z.object({ stride, scores: z.string(), boxes: z.string(), points: z.string().optional() })),
  anchorsPerCell,
});

const yunetSchema = z.object({
  ...common,
  family: z.literal('yunet'),
  levels: z.array(
    z.object({ stride, classes: z.string(), objects: z.string(), boxes: z.string(), points: z.string() }),
  ),
});

const retinafaceSchema = z.object({
  ...common,
  family: z.literal('retinaface'),
  outputs: z.object({ scores: z.string(), boxes: z.string(), points: z.string() }),
  strides,
  minSizes,
  ...variances,
});

const blazefaceSchema = z.object({
  ...common,
  family: z.literal('blazeface'),
  /** Some exports have one output for each level, others one for all. */
  outputs: z.object({ scores: z.array(z.string()).min(1), boxes: z.array(z.string()).min(1) }),
  levels: z.array(z.object({ stride, anchorsPerCell })),
});

/** How a network that finds faces is fed, and what its outputs mean; a family's outputs are decoded alike. */
export const detectorSchema = z
  .discriminatedUnion('family', [ultrafaceSchema, scrfdSchema, yunetSchema, retinafaceSchema, blazefaceSchema])
  .refine(
    ({ fixedSidePx, longSidePx }) => fixedSidePx === undefined || longSidePx <= fixedSidePx,
    'a picture of longSidePx fits the input',
  );

export type DetectorRecipe = z.infer<typeof detectorSchema>;
export type UltrafaceRecipe = z.infer<typeof ultrafaceSchema>;
export type ScrfdRecipe = z.infer<typeof scrfdSchema>;
export type YunetRecipe = z.infer<typeof yunetSchema>;
export type RetinafaceRecipe = z.infer<typeof retinafaceSchema>;
export type BlazefaceRecipe = z.infer<typeof blazefaceSchema>;

/** Whether a detector of this recipe finds the five points of a face itself. */
export const findsPoints = (recipe: DetectorRecipe): boolean => {
  switch (recipe.family) {
    case 'ultraface':
      return false;
    case 'scrfd':
      return recipe.levels.every(({ points }) => points !== undefined);
    case 'yunet':
    case 'retinaface':
    case 'blazeface':
      return true;
  }
};
