import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { createEventTable } from './eventTable.ts';
import { createFaceTable, type NewFace } from './faceTable.ts';
import { createGuard, libraryFault } from './guard.ts';
import { createKeptVisitTable } from './keptVisitTable.ts';
import { migrate } from './migrate.ts';
import { createPhotoTable, type SearchedPhoto } from './photoTable.ts';

interface AnalysisToStore extends SearchedPhoto {
  faces: readonly NewFace[];
}

export interface Store {
  events: ReturnType<typeof createEventTable>;
  photos: ReturnType<typeof createPhotoTable>;
  faces: ReturnType<typeof createFaceTable>;
  keptVisits: ReturnType<typeof createKeptVisitTable>;
  /** A photo's faces and its new state in one commit: there is no moment at which it has the one without the other. @returns the faces' ids */
  commitAnalysis(photoId: number, analysis: AnalysisToStore, packKey: string): Result<number[]>;
  close(): void;
}

/**
 * Opens the library's database, makes it if there is none, and brings it to the newest schema.
 *
 * @param libraryDir folder that holds (or will hold) library.db
 * @returns the store, or library.not-writable, library.full, library.busy, library.newer or library.damaged
 */
export function openStore(libraryDir: string): Result<Store> {
  let database: Database.Database | undefined;
  try {
    mkdirSync(libraryDir, { recursive: true });
    database = new Database(path.join(libraryDir, 'library.db'), { timeout: 500 });
    configure(database);
    const damage = String(database.pragma('quick_check(1)', { simple: true }));
    if (damage !== 'ok') {
      database.close();
      return fail('library.damaged', `${libraryDir}: ${damage}`);
    }
    const isKnown = migrate(database);
    if (!isKnown) {
      database.close();
      return fail('library.newer', libraryDir);
    }
  } catch (error) {
    database?.close();
    return libraryFault(error, libraryDir);
  }
  const opened = database;
  const guard = createGuard(libraryDir);
  const photos = createPhotoTable(opened, guard);
  const faces = createFaceTable(opened);
  const commit = opened.transaction((photoId: number, analysis: AnalysisToStore, packKey: string) => {
    photos.markIndexed(photoId, analysis, packKey);
    return faces.replace(photoId, analysis.faces);
  });
  return ok({
    events: createEventTable(opened),
    photos,
    faces,
    keptVisits: createKeptVisitTable(opened, guard),
    commitAnalysis: (photoId, analysis, packKey) => guard(() => commit(photoId, analysis, packKey)),
    close: () => opened.close(),
  });
}

function configure(database: Database.Database): void {
  // One process has the library to itself: a second one is told so at once, and the write-ahead log needs no shared memory file.
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  // In WAL mode NORMAL may lose the last commits at a power cut; a photo that was reported as taken has to be there after it.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // What is removed is overwritten: a guest's code that has expired opens nothing on a disk that was kept either.
  database.pragma('secure_delete = ON');
}
