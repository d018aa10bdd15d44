import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';

/** What became of the files of a folder. */
export interface Account {
  photos: number;
  /** Complete files that are neither in the library nor set aside with a reason. */
  lost: string[];
  /** Files of which there is more than one photo. */
  duplicated: string[];
  /** Files in the library that are not what their name says, or are left over from being copied. */
  halfWritten: string[];
}

interface Row {
  sha256: string;
  state: string;
  fault: string | null;
  eventUid: string;
}

/**
 * Compares a folder with a library whose booth has stopped: every file is there exactly once, byte for byte, or set aside with a reason.
 * @param isPhoto which of the files are to be in the library
 */
export async function audit(
  folder: string,
  libraryDir: string,
  isPhoto = (file: string) => /\.jpe?g$/i.test(file),
): Promise<Account> {
  const database = new Database(path.join(libraryDir, 'library.db'), { readonly: true });
  const account: Account = { photos: 0, lost: [], duplicated: [], halfWritten: [] };
  try {
    const rows = database
      .prepare<[], Row>(
        `SELECT sha256, photos.state, fault_code AS fault, uid AS eventUid FROM photos JOIN events ON events.id = event_id`,
      )
      .all();
    const byHash = new Map(rows.map((row) => [row.sha256, row]));
    if (byHash.size !== rows.length) account.duplicated.push('the same bytes twice');
    const origins = database.prepare<[string], { photos: number }>(
      'SELECT count(DISTINCT photo_id) AS photos FROM origins WHERE path = ?',
    );
    for (const file of await filesOf(folder)) {
      if (!isPhoto(file)) continue;
      account.photos += 1;
      if ((origins.get(file)?.photos ?? 0) > 1) account.duplicated.push(file);
      const row = byHash.get(await sha256Of(file));
      if (row === undefined) account.lost.push(file);
      else if (row.state === 'quarantined' ? row.fault === null : !(await isKept(libraryDir, row)))
        account.lost.push(file);
    }
  } finally {
    database.close();
  }
  for (const file of await filesOf(path.join(libraryDir, 'originals'))) {
    if ((await sha256Of(file)) !== path.basename(file)) account.halfWritten.push(file);
  }
  for (const file of await filesOf(path.join(libraryDir, 'derivatives'))) {
    // What a booth that was killed left unfinished has no name that anybody asks for.
    if (!path.basename(file).startsWith('.') && !isWholeJpeg(await readFile(file))) account.halfWritten.push(file);
  }
  account.halfWritten.push(...(await filesOf(path.join(libraryDir, 'incoming'))));
  return account;
}

const isWholeJpeg = (bytes: Buffer): boolean =>
  bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 && bytes.readUInt16BE(bytes.length - 2) === 0xffd9;

const originalOf = (libraryDir: string, { eventUid, sha256 }: Row): string =>
  path.join(libraryDir, 'originals', eventUid, sha256.slice(0, 2), sha256);

const isKept = async (libraryDir: string, row: Row): Promise<boolean> =>
  row.state === 'indexed' &&
  (await stat(originalOf(libraryDir, row)).then(
    () => true,
    () => false,
  ));

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
