import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const keptBackups = 5;

// library-2026-11-25T10-30-00-000Z.db: their names sort as they were made.
const backupName = /^library-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3}Z)\.db$/;

export interface BackupFile {
  path: string;
  /** When it was made; ISO 8601. */
  madeAt: string;
}

export const backupsDirOf = (libraryDir: string): string => path.join(libraryDir, 'backups');
/** Where databases that could not be used are put. */
export const damagedDirOf = (libraryDir: string): string => path.join(libraryDir, 'damaged');

/** Newest first. */
export function listBackups(libraryDir: string): BackupFile[] {
  const dir = backupsDirOf(libraryDir);
  return namesIn(dir)
    .map((name) => ({ name, parts: backupName.exec(name) }))
    .flatMap(({ name, parts }) =>
      parts === null ? [] : [{ path: path.join(dir, name), madeAt: `${parts[1]}:${parts[2]}:${parts[3]}.${parts[4]}` }],
    )
    .sort((a, b) => b.madeAt.localeCompare(a.madeAt));
}

/** A file for a backup that is made now. */
export function newBackupFile(libraryDir: string): string {
  const dir = backupsDirOf(libraryDir);
  mkdirSync(dir, { recursive: true });
  return path.join(dir, `library-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.db`);
}

/** Leaves the newest, and removes what a backup that was cut off left. */
export function prune(libraryDir: string): void {
  for (const { path: file } of listBackups(libraryDir).slice(keptBackups)) rmSync(file, { force: true });
  removeUnfinished(libraryDir);
}

export function removeUnfinished(libraryDir: string): void {
  const dir = backupsDirOf(libraryDir);
  for (const name of namesIn(dir)) if (!backupName.test(name)) rmSync(path.join(dir, name), { force: true });
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
