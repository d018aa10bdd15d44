import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fail, ok, type FaultCode, type Result } from '../../../preload/index.ts';

const truthSchema = z.object({
  /** Picture of one person, to that person. */
  probes: z.record(z.string(), z.string()),
  /** Photo, to the people in it. */
  photos: z.record(z.string(), z.array(z.string())),
});

const boxesSchema = z.record(z.string(), z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])));

export type Truth = z.infer<typeof truthSchema>;
export type Boxes = z.infer<typeof boxesSchema>;

/** @returns truth.missing or truth.invalid where there is none to read */
export const readTruth = (file: string): Promise<Result<Truth>> => readLabels(file, truthSchema, 'truth.invalid');

/** @param file looked for where the command was called, and then in the labelled folder. @returns boxes.invalid where it cannot be read */
export async function readBoxes(file: string, dir: string): Promise<Result<Boxes>> {
  const here = await readLabels(file, boxesSchema, 'boxes.invalid');
  return here.ok || path.isAbsolute(file) ? here : readLabels(path.join(dir, file), boxesSchema, 'boxes.invalid');
}

async function readLabels<T>(file: string, schema: z.ZodType<T>, invalid: FaultCode): Promise<Result<T>> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return fail(invalid === 'truth.invalid' ? 'truth.missing' : invalid, file);
  try {
    const labels = schema.safeParse(JSON.parse(text));
    return labels.success ? ok(labels.data) : fail(invalid, `${file}: ${labels.error.issues[0]?.message ?? ''}`);
  } catch (error) {
    return fail(invalid, `${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
