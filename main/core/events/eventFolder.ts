import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { eventSettingsSchema, eventStates, type Transfer } from '../../../preload/index.ts';

// An exported event: event.json, records.jsonl, photos/ab/SHA256.jpg, branding/SHA256.png, and last of all checksums.sha256, as `sha256sum -c` reads
// it. Without that, a folder is no exported event.

export const folderVersion = 1;
export const names = {
  event: 'event.json',
  records: 'records.jsonl',
  checksums: 'checksums.sha256',
  photos: 'photos',
  branding: 'branding',
} as const;

/** Written by whatever version; of a newer one, nothing else is known. */
export const versionSchema = z.object({ version: z.number().int() });

export const exportedEventSchema = z.object({
  version: z.literal(folderVersion),
  program: z.string(),
  uid: z.string().regex(/^[0-9a-f]{32}$/),
  code: z.string().min(1),
  state: z.enum(eventStates),
  settings: eventSettingsSchema,
  createdAt: z.iso.datetime(),
  /** Base 64. */
  codeSalt: z.base64(),
  /** The event's key, wrapped by the passphrase that was chosen for the export; null where it had none. */
  key: z.unknown(),
});

export type Problem = NonNullable<Transfer['problems']>[number];

const checksumLine = /^([0-9a-f]{64}) [ *](.+)$/;
// Relative, with slashes, and never out of the folder.
const innerPath = /^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\\0]+$/;

/** @returns the SHA-256 of each file by its path in the folder; undefined for a folder that is no exported event */
export async function readChecksums(folder: string): Promise<Map<string, string> | undefined> {
  const text = await readFile(path.join(folder, names.checksums), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n').filter((line) => line !== '');
  const parsed = lines.map((line) => checksumLine.exec(line));
  const entries = parsed.flatMap((match) =>
    match !== null && innerPath.test(match[2]) ? [[match[2], match[1]] as const] : [],
  );
  return entries.length === lines.length && lines.length > 0 ? new Map(entries) : undefined;
}

/** Everything that is wrong with a folder's files. @param onFile is told of each that has been read */
export async function problemsOf(
  folder: string,
  checksums: ReadonlyMap<string, string>,
  onFile: () => void,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [file, wanted] of checksums) {
    const problem = await problemOf(path.join(folder, file), wanted);
    if (problem !== undefined) problems.push({ file, problem });
    onFile();
  }
  for (const file of await filesIn(folder)) {
    if (file !== names.checksums && !checksums.has(file)) problems.push({ file, problem: 'unexpected' });
  }
  return problems;
}

async function problemOf(file: string, wanted: string): Promise<Problem['problem'] | undefined> {
  const status = await lstat(file).catch(() => undefined);
  if (status === undefined) return 'missing';
  // Neither a link, which may lead anywhere, nor a pipe, which never ends.
  if (!status.isFile()) return 'unreadable';
  try {
    return (await sha256Of(file)) === wanted ? undefined : 'changed';
  } catch {
    return 'unreadable';
  }
}

/** Paths from the folder, with slashes. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
