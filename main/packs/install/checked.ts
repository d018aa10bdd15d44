import { rm, stat } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { sha256Of } from '../sha256.ts';

/** What a file has to be, as far as anybody publishes it. */
export interface Expected {
  sha256: string | null;
  sizeBytes: number | null;
}

/** A file that has arrived; one that is another than it should be goes. @returns its sha256, or models.mismatch (detail: its name, and what it is) */
export async function checked(part: string, name: string, { sha256, sizeBytes }: Expected): Promise<Result<string>> {
  const { size } = await stat(part);
  const found = await sha256Of(part);
  if (size === (sizeBytes ?? size) && found === (sha256 ?? found)) return ok(found);
  await rm(part, { force: true });
  return fail('models.mismatch', `${name}: ${String(size)} bytes, sha256 ${found}`);
}
