import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../preload/index.ts';
import { decisionSchema, type DecisionRule } from './manifest.ts';
import { sha256Schema } from './source.ts';

// Two files beside a manifest tell what this machine knows of the pack; the manifest itself stays as it came.

const installedSchema = z.object({
  /** ISO 8601. */
  at: z.iso.datetime(),
  /** To whose terms whoever installed it agreed, where the pack asks for it. */
  acceptedLicence: z.string().optional(),
  /** What came, by file name. */
  sha256: z.record(z.string(), sha256Schema),
});
export type Installed = z.infer<typeof installedSchema>;

const installedFile = 'installed.json';
const calibrationFile = 'calibration.json';

/** What `install` wrote down. @returns undefined where it has not run, or where that cannot be read */
export const readInstalled = (dir: string): Promise<Installed | undefined> =>
  readRecord(dir, installedFile, installedSchema);

export const writeInstalled = (dir: string, installed: Installed): Promise<Result<void>> =>
  writeRecord(dir, installedFile, installed);

/** What `calibrate` measured here. @returns undefined where it has not run, or where that cannot be read */
export const readCalibration = (dir: string): Promise<DecisionRule | undefined> =>
  readRecord(dir, calibrationFile, decisionSchema);

export const writeCalibration = (dir: string, rule: DecisionRule): Promise<Result<void>> =>
  writeRecord(dir, calibrationFile, rule);

async function readRecord<T>(dir: string, name: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path.join(dir, name), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whole or not at all. */
async function writeRecord(dir: string, name: string, record: object): Promise<Result<void>> {
  const file = path.join(dir, name);
  const unfinished = `${file}.${String(process.pid)}`;
  try {
    await writeFile(unfinished, `${JSON.stringify(record, undefined, 2)}\n`);
    await rename(unfinished, file);
    return ok(undefined);
  } catch (error) {
    await rm(unfinished, { force: true });
    return fail('models.not-writable', error instanceof Error ? error.message : file);
  }
}
