import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { databaseFileOf, isSoundDatabase, libraryFaultOf, openStore, type Store } from '../store/index.ts';
import { damagedDirOf, listBackups, newBackupFile } from './backupFiles.ts';

/** What became of a database that was damaged or gone. */
export type Mishap =
  /** A backup has taken its place. */
  | { at: 'restored'; /** ISO 8601. */ backedUpAt: string }
  /** There was no good backup; an empty one has. */
  | { at: 'lost' };

/**
 * Opens the library's database. One that is damaged or gone is set aside, and the newest good backup takes its place.
 *
 * @returns the store and what happened to it; library.busy, .newer, .full or .not-writable, with which nothing was touched
 */
export function openLibrary({
  libraryDir,
}: {
  libraryDir: string;
}): Result<{ store: Store; mishap: Mishap | undefined }> {
  try {
    const isGone = !existsSync(databaseFileOf(libraryDir)) && hadDatabase(libraryDir);
    const opened = isGone ? fail('library.damaged') : openStore(libraryDir, newBackupFile(libraryDir));
    if (opened.ok) return ok({ store: opened.value, mishap: undefined });
    if (opened.fault.code !== 'library.damaged') return opened;
    setAside(libraryDir);
    const mishap = restore(libraryDir);
    const store = openStore(libraryDir, newBackupFile(libraryDir));
    return store.ok ? ok({ store: store.value, mishap }) : store;
  } catch (error) {
    const fault = libraryFaultOf(error);
    if (fault === undefined) throw error;
    return fail(fault.code, fault.detail);
  }
}

/** What a library has only once it had a database. */
const hadDatabase = (libraryDir: string): boolean =>
  listBackups(libraryDir).length > 0 || hasFiles(path.join(libraryDir, 'originals'));

function hasFiles(dir: string): boolean {
  return existsSync(dir) && readdirSync(dir, { recursive: true, withFileTypes: true }).some((entry) => entry.isFile());
}

/** Nothing is thrown away: somebody who knows more may still get something out of it. */
function setAside(libraryDir: string): void {
  const database = databaseFileOf(libraryDir);
  const files = ['', '-wal', '-shm', '-journal']
    .map((ending) => `${database}${ending}`)
    .filter((file) => existsSync(file));
  if (files.length === 0) return;
  const dir = path.join(damagedDirOf(libraryDir), new Date().toISOString().replaceAll(/[:.]/g, '-'));
  mkdirSync(dir, { recursive: true });
  for (const file of files) renameSync(file, path.join(dir, path.basename(file)));
}

function restore(libraryDir: string): Mishap {
  const good = listBackups(libraryDir).find(({ path: file }) => isSoundDatabase(file));
  if (good === undefined) return { at: 'lost' };
  const database = databaseFileOf(libraryDir);
  // Cut off in between, there is no database, and the next start comes here again.
  copyFileSync(good.path, `${database}.restoring`);
  renameSync(`${database}.restoring`, database);
  return { at: 'restored', backedUpAt: good.madeAt };
}
