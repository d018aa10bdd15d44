import { z } from 'zod';
import { manifestSchema } from '../../../main/packs/index.ts';

/** A run of a network: everything that its duration follows from. */
const runSchema = z.object({
  session: z.enum(['detect', 'landmark', 'embed']),
  input: z.string(),
  dims: z.array(z.number().int()),
  /** All that there are, if not given. */
  outputs: z.array(z.string()).optional(),
});
export type Run = z.infer<typeof runSchema>;
export const runsSchema = z.array(runSchema);

/** What a process of the bare loop is asked: to look at a photo as the product does and to say which runs that takes, or to decode it and to do these. */
export const questionSchema = z.object({ file: z.string(), runs: runsSchema.optional() });
export type Question = z.infer<typeof questionSchema>;

/** What it is told at its start. */
export const settingsSchema = z.object({
  pack: z.object({ manifest: manifestSchema, dir: z.string() }),
  maxPixels: z.number(),
});
export type Settings = z.infer<typeof settingsSchema>;
