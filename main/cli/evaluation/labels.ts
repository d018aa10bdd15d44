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

/** @param file looked for where the command was called, then in the labelled folder. @returns truth.missing or truth.invalid where it cannot be read */
export const readTruth = (file: string, dir: string): Promise<Result<Truth>> =>
  readHereOrIn(dir, file, truthSchema, 'truth');

/** The same for boxes: boxes.missing or boxes.invalid. */
export const readBoxes = (file: string, dir: string): Promise<Result<Boxes>> =>
  readHereOrIn(dir, file, boxesSchema, 'boxes');

async function readHereOrIn<T>(dir: string, file: string, schema: z.ZodType<T>, kind: 'truth' | 'boxes') {
  const here = await readLabels(file, schema, kind);
  if (here.ok || here.fault.code !== `${kind}.missing`) return here;
  return readLabels(path.resolve(dir, file), schema, kind);
}

async function readLabels<T>(file: string, schema: z.ZodType<T>, kind: 'truth' | 'boxes'): Promise<Result<T>> {
  const invalid: FaultCode = `${kind}.invalid`;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return fail(`${kind}.missing`, file);
  try {
    const labels = schema.safeParse(JSON.parse(text));
    return labels.success ? ok(labels.data) : fail(invalid, `${file}: ${labels.error.issues[0]?.message ?? ''}`);
  } catch (error) {
    return fail(invalid, `${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
