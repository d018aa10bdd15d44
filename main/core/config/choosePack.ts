import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../preload/index.ts';

const settingsSchema = z.looseObject({ models: z.looseObject({}).optional() });

/**
 * Writes into a settings file which model pack is used; all else in it stays as it is. A file that is not there is made.
 *
 * @returns config.invalid, config.not-writable
 */
export async function choosePack(file: string, id: string): Promise<Result<void>> {
  let settings: z.infer<typeof settingsSchema>;
  try {
    settings = settingsSchema.parse(JSON.parse(await textOf(file)));
  } catch (error) {
    return fail('config.invalid', `${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const chosen = { ...settings, models: { ...settings.models, pack: id } };
  const unfinished = `${file}.${String(process.pid)}`;
  try {
    await writeFile(unfinished, `${JSON.stringify(chosen, undefined, 2)}\n`);
    await rename(unfinished, file);
    return ok(undefined);
  } catch (error) {
    await rm(unfinished, { force: true });
    return fail('config.not-writable', error instanceof Error ? error.message : file);
  }
}

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}';
    throw error;
  });
