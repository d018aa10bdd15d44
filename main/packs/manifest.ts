import { z } from 'zod';
import { detectorSchema, findsPoints } from './detectorRecipe.ts';
import { sha256Schema, sourceSchema } from './source.ts';

const fileSchema = z.object({
  file: z.string().regex(/^[\w-]+(\.[\w-]+)*$/, 'a bare file name'),
  /** Null where nobody publishes it: what comes at the first installation is trusted, and nothing else afterwards. */
  sha256: sha256Schema.nullable(),
  sizeBytes: z.number().int().positive().nullable(),
  /** The path inside the source, or the file's own address, and whether the set-up edits the graph on the way. */
  from: z.string(),
  edited: z.boolean().default(false),
});

const landmarkSchema = z.object({
  family: z.literal('points68'),
  input: z.string(),
  output: z.string(),
  sizePx: z.number().int().positive(),
  /** The network sees gray / scale. */
  scale: z.number().positive(),
  /** Where the five points of a face usually lie (x1, y1, ...), and how wide its box is: shares of the box's height, from the corner of its square. */
  usual: z.array(z.number()).length(10),
  aspect: z.number().positive(),
});

const templateSchema = z.object({
  family: z.literal('arcface112'),
  /** The network's only ones, where none are named. */
  input: z.string().optional(),
  output: z.string().optional(),
  sizePx: z.literal(112),
  colour: z.enum(['RGB', 'BGR']),
  mean: z.number(),
  scale: z.number().positive(),
  dimensions: z.number().int().positive(),
  /** What is less high has too few pixels to be told from others, or from what is no face. */
  leastPx: z.number().nonnegative(),
  /** A raw template shorter than this is not of a face; of one less high than so many pixels, shorter than that. */
  minNorm: z.number().nonnegative(),
  /** What a clear face usually has; left out where the length says nothing of how well a face is seen. */
  usualNorm: z.number().positive().optional(),
  small: z.object({ belowPx: z.number().nonnegative(), minNorm: z.number().nonnegative() }),
});

/** Cosine similarity, -1..1. */
const scoreSchema = z.number().min(-1).max(1);

export const decisionSchema = z.object({
  /** Measured on pairs of different persons: a comparison score, and the share of pairs that reach it (FMR). Scores rise, shares fall. */
  falseMatches: z
    .array(z.tuple([scoreSchema, z.number().gt(0).lt(1)]))
    .min(2)
    .refine(
      (pairs) => pairs.every(([score, share], i) => i === 0 || (score > pairs[i - 1][0] && share < pairs[i - 1][1])),
      'scores rise and shares fall',
    ),
  /** The share of searches by somebody who is in no photo that may return any (FPIR). */
  falsePositives: z.object({ sure: z.number().gt(0).lt(1), maybe: z.number().gt(0).lt(1) }),
  /** However few faces there are, no lower score means so much: relatives are more alike than strangers. */
  least: z
    .object({ sure: scoreSchema, maybe: scoreSchema })
    .refine(({ sure, maybe }) => maybe <= sure, 'maybe lies at or below sure'),
  /** The second pass: faces that are as like one of the surest as is sure. */
  kin: z.object({
    /** How much more than sure a match has to be to be asked in its turn. */
    margin: z.number().nonnegative(),
    /** No face that is less like the probe itself is taken by its likeness to others. */
    least: scoreSchema,
  }),
});

/** A model pack: which files, where from, under which licence, what goes in, what comes out, and from which score on. */
export const manifestSchema = z
  .object({
    id: z.string().regex(/^[a-z0-9_-]+$/),
    version: z.string(),
    title: z.string(),
    licence: z.string(),
    commercialUse: z.boolean(),
    source: sourceSchema,
    files: z.object({ detect: fileSchema, landmark: fileSchema.optional(), embed: fileSchema }).catchall(fileSchema),
    detector: detectorSchema,
    /** A network that finds the points of a face, for a detector that does not. */
    landmarks: landmarkSchema.optional(),
    template: templateSchema,
    /** Null until it has been measured: `calibrate`. */
    decision: decisionSchema.nullable(),
  })
  .refine(
    ({ files, landmarks }) => (files.landmark === undefined) === (landmarks === undefined),
    'a landmark network has both a file and a recipe',
  )
  .refine(
    ({ detector, landmarks }) => findsPoints(detector) || landmarks !== undefined,
    'without points no face can be aligned',
  )
  .refine(
    ({ source, files }) =>
      source.kind !== 'files' || Object.values(files).every((file) => z.url().safeParse(file?.from).success),
    'each file has an address',
  );

export type Manifest = z.infer<typeof manifestSchema>;
export type ModelFile = z.infer<typeof fileSchema>;
export type LandmarkRecipe = z.infer<typeof landmarkSchema>;
export type DecisionRule = z.infer<typeof decisionSchema>;

/** What is stored with a template: two templates may be compared only where this is the same. */
export const packKey = ({ id, version }: Pick<Manifest, 'id' | 'version'>): string => `${id}@${version}`;

/** The pack's files. */
export const filesOf = ({ files }: Manifest): ModelFile[] => Object.values(files).filter((file) => file !== undefined);
