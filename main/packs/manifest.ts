import { z } from 'zod';

const fileSchema = z.object({
  file: z.string().regex(/^[\w-]+(\.[\w-]+)*$/, 'a bare file name'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.number().int().positive(),
  /** The path inside the source package, and whether the set-up edits the graph on the way. */
  from: z.string(),
  edited: z.boolean(),
});

const detectorSchema = z.object({
  family: z.literal('ultraface'),
  input: z.string(),
  outputs: z.object({ scores: z.string(), boxes: z.string() }),
  layout: z.literal('NCHW'),
  colour: z.enum(['RGB', 'BGR']),
  /** The network sees (px - mean) / scale. */
  mean: z.number(),
  scale: z.number().positive(),
  /** Input sides are padded up to a multiple of this, pixels. */
  sideMultiple: z.number().int().positive(),
  /** The picture is shrunk so that its longer side is at most this, pixels. */
  longSidePx: z.number().int().positive(),
  /** From here on it is a face. */
  scoreThreshold: z.number().min(0).max(1),
  /** From here on it may be one, and is worth a look by itself. */
  doubtThreshold: z.number().min(0).max(1),
  /** In that look it has to come to so much: it is the second one. */
  againThreshold: z.number().min(0).max(1),
  nmsIou: z.number().min(0).max(1),
  nmsContainment: z.number().min(0).max(1),
  strides: z.array(z.number().int().positive()),
  minSizes: z.array(z.array(z.number().positive())),
  maxPriorHeightPx: z.number().positive(),
  centreVariance: z.number().positive(),
  sizeVariance: z.number().positive(),
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
  input: z.string(),
  output: z.string(),
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
export const manifestSchema = z.object({
  id: z.string().regex(/^[a-z0-9_-]+$/),
  version: z.string(),
  title: z.string(),
  licence: z.string(),
  commercialUse: z.boolean(),
  source: z.object({ package: z.string(), version: z.string(), integrity: z.string(), url: z.url() }),
  files: z.object({ detect: fileSchema, landmark: fileSchema, embed: fileSchema }).catchall(fileSchema),
  detector: detectorSchema,
  landmarks: landmarkSchema,
  template: templateSchema,
  decision: decisionSchema,
});

export type Manifest = z.infer<typeof manifestSchema>;
export type DecisionRule = z.infer<typeof decisionSchema>;
export type DetectorRecipe = z.infer<typeof detectorSchema>;

/** What is stored with a template: two templates may be compared only where this is the same. */
export const packKey = ({ id, version }: Manifest): string => `${id}@${version}`;
