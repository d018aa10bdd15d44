import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { fail, ok, syncLanes, type Result, type SyncLane } from '../../../preload/index.ts';
import { createAuditTable } from './auditTable.ts';
import { createBoothTable } from './boothTable.ts';
import { createCloudGalleryTable } from './cloudGalleryTable.ts';
import { createEventRecords } from './eventRecords.ts';
import { createEventTable } from './eventTable.ts';
import { createFaceTable, type FaceBox, type NewFace } from './faceTable.ts';
import { createFindmeTable } from './findmeTable.ts';
import { createGuard, libraryFault } from './guard.ts';
import { createInOneCommit, type InOneCommit } from './inOneCommit.ts';
import { createKeptVisitTable } from './keptVisitTable.ts';
import { createMailTable } from './mailTable.ts';
import { migrate } from './migrate.ts';
import { createMultipartTable } from './multipartTable.ts';
import { createNoticeTable } from './noticeTable.ts';
import { createOutboxTable } from './outboxTable.ts';
import { createPrintTable } from './printTable.ts';
import { capturedAtOf, createPhotoTable, type PendingPhoto, type SearchedPhoto } from './photoTable.ts';
import { createRawPairs, type Shot } from './rawPairs.ts';
import { createVersions } from './versions.ts';
import { createBursts } from './bursts.ts';
import { createShownPhotos } from './shownPhotos.ts';
import { createStagedFaces } from './stagedFaces.ts';
import { createVisitTable, type ErasureRow, type VisitRow } from './visitTable.ts';

interface AnalysisToStore extends SearchedPhoto {
  faces: readonly NewFace[];
}

/** What became of a photo with its analysis. */
export type Committed =
  | {
      as: 'shown';
      /** Its own id, or that of the photo whose place it has taken. */
      photoId: number;
      /** In the order of the analysis. */
      faceIds: number[];
      /** Faces that are there no more: of an earlier content or look, or of a RAW file that lies beside the photo from now on. */
      goneFaceIds: number[];
    }
  /** It is the RAW file of another photo. */
  | { as: 'beside' }
  /** Its file has another content by now. */
  | { as: 'outdated' };

export interface Store {
  booth: ReturnType<typeof createBoothTable>;
  audit: ReturnType<typeof createAuditTable>;
  notices: ReturnType<typeof createNoticeTable>;
  events: ReturnType<typeof createEventTable>;
  photos: ReturnType<typeof createPhotoTable> & ReturnType<typeof createShownPhotos>;
  faces: ReturnType<typeof createFaceTable>;
  staged: ReturnType<typeof createStagedFaces>;
  keptVisits: ReturnType<typeof createKeptVisitTable>;
  visits: ReturnType<typeof createVisitTable>;
  prints: ReturnType<typeof createPrintTable>;
  outbox: ReturnType<typeof createOutboxTable>;
  multiparts: ReturnType<typeof createMultipartTable>;
  cloudGalleries: ReturnType<typeof createCloudGalleryTable>;
  mails: ReturnType<typeof createMailTable>;
  findme: ReturnType<typeof createFindmeTable>;
  records: ReturnType<typeof createEventRecords>;
  /** A photo's faces, its new state and its place among the others in one commit: there is no moment at which it has the one without the other. */
  commitAnalysis(photo: PendingPhoto, analysis: AnalysisToStore, packKey: string): Result<Committed>;
  /** Puts a RAW file beside the photo of the same name in the same folder. @returns that photo's id, where there is one */
  keepRawBeside(photo: PendingPhoto): Result<number | undefined>;
  readonly inOneCommit: InOneCommit;
  /** Where no face of the photo is to be found any more. @param size of the upright original, pixels */
  erasedBoxesOf(photoId: number, size: { width: number; height: number }): FaceBox[];
  /**
   * A guest is erased: the record, what the code kept, and these faces, in one commit. Until `backupsReplaced`, copies of the database hold it all the same.
   *
   * @returns those of the faces that were there
   */
  eraseVisit(
    visit: Pick<VisitRow, 'id' | 'eventId'>,
    actor: ErasureRow['actor'],
    faceIds: readonly number[],
  ): Result<number[]>;
  /**
   * From now on the outbox says what is to be done in these places. What was there before is in it too; what lies in one before these stays there.
   * To be called at each start, also for none: it is known then that what changes is not written down.
   * @param places by lane, whatever tells one from another
   * @param isSure false for a database that may be of an earlier time than what was brought there: everything is looked after once more
   */
  syncTo(places: Partial<Record<SyncLane, string>>, isSure?: boolean): Result<void>;
  /** Whether something was erased since copies of the database were last replaced. */
  hasErased(): boolean;
  backupsReplaced(): Result<void>;
  /** Gives up all that was sealed under keys that are lost; every photo is to be searched anew. */
  forgetSealed(): Result<unknown>;
  /** A consistent copy of the whole database, made while it is in use; a file that is there is overwritten. */
  copyTo(file: string): Promise<Result<void>>;
  /** Brings all that was committed into the database file itself and empties the log: what was removed is in no file any more. */
  checkpoint(): Result<void>;
  close(): void;
}

// Among what the booth remembers.
const erasedName = 'erased-since-backup';
const placesName = 'cloud';

const placesSchema = z.object({
  bucket: z.string().optional(),
  findme: z.string().optional(),
  mail: z.string().optional(),
  /** Whether the booth has run without the bucket since. */
  hasLapsed: z.boolean().default(false),
});

type Unguarded<F> = F extends (...args: infer A) => Result<infer T> ? (...args: A) => T : never;

/** The database file of a library. */
export const databaseFileOf = (libraryDir: string): string => path.join(libraryDir, 'library.db');

/**
 * Opens the library's database, makes it if there is none, and brings it to the newest schema.
 *
 * @param libraryDir folder that holds (or will hold) library.db
 * @param copyBeforeMigration file that the database is copied to before its schema is changed, where there is one to lose
 * @returns the store, or library.not-writable, library.full, library.busy, library.newer or library.damaged
 */
export function openStore(libraryDir: string, copyBeforeMigration?: string): Result<Store> {
  let database: Database.Database | undefined;
  try {
    mkdirSync(libraryDir, { recursive: true });
    database = new Database(databaseFileOf(libraryDir), { timeout: 500 });
    configure(database);
    const damage = String(database.pragma('integrity_check(1)', { simple: true }));
    if (damage !== 'ok') {
      database.close();
      return fail('library.damaged', `${libraryDir}: ${damage}`);
    }
    const opening = database;
    const isKnown = migrate(opening, () => {
      if (copyBeforeMigration !== undefined) opening.prepare('VACUUM INTO ?').run(copyBeforeMigration);
    });
    if (!isKnown) {
      database.close();
      return fail('library.newer', libraryDir);
    }
  } catch (error) {
    database?.close();
    return libraryFault(error, libraryDir);
  }
  try {
    return ok(storeOn(database, libraryDir));
  } catch (error) {
    database.close();
    // Sound as a file, and its schema is not what we made: a letter of a name in it has become another.
    if (error instanceof Error && /^no such (table|column)|has no column named/.test(error.message)) {
      return fail('library.damaged', `${libraryDir}: ${error.message}`);
    }
    throw error;
  }
}

/** @param opened of the newest schema */
function storeOn(opened: Database.Database, libraryDir: string): Store {
  const guard = createGuard(libraryDir);
  const photos = createPhotoTable(opened, guard);
  const faces = createFaceTable(opened, guard);
  const staged = createStagedFaces(opened, guard);
  const versions = createVersions(opened);
  const rawPairs = createRawPairs(opened);
  const bursts = createBursts(opened);
  const commit = opened.transaction((photo: PendingPhoto, analysis: AnalysisToStore, packKey: string): Committed => {
    const { width, height, hash } = analysis;
    const shot = shotOf(analysis);
    const photoId = versions.takePlace(photo, { width, height, hash, shot });
    if (photoId === undefined) return { as: 'outdated' };
    const beside = rawPairs.beside(photoId, photo.extension, shot);
    if (beside !== undefined) {
      rawPairs.keepBeside(photoId, beside);
      return { as: 'beside' };
    }
    const raws = rawPairs.rawsOf(photoId, photo.extension, shot);
    const goneFaceIds = [photoId, ...raws].flatMap((id) => faces.listOf(id).map((face) => face.id));
    for (const raw of raws) rawPairs.keepBeside(raw, photoId);
    photos.markIndexed(photoId, analysis, packKey);
    bursts.join(photoId);
    return { as: 'shown', photoId, faceIds: faces.replace(photoId, analysis.faces), goneFaceIds };
  });
  const keepRawBeside = opened.transaction((photo: PendingPhoto): number | undefined => {
    const photoId = rawPairs.besideByName(photo);
    if (photoId !== undefined) rawPairs.keepBeside(photo.id, photoId);
    return photoId;
  });
  const booth = createBoothTable(opened, guard);
  const visits = createVisitTable(opened, guard);
  const prints = createPrintTable(opened, guard);
  const eraseVisit = opened.transaction<Unguarded<Store['eraseVisit']>>((visit, actor, faceIds) => {
    const erased = faces.erase(faceIds);
    staged.removeErased(visit.eventId);
    // First, while it is known which are the guest's.
    prints.forgetVisit(visit.id);
    visits.erase(visit, actor, erased.length);
    const marked = booth.set(erasedName, true);
    if (!marked.ok) throw new Error(marked.fault.code);
    return erased;
  });
  const outbox = createOutboxTable(opened, guard);
  const multiparts = createMultipartTable(opened, guard);
  const syncTo = opened.transaction((places: Partial<Record<SyncLane, string>>, isSure: boolean) => {
    const before = booth.get(placesName, placesSchema);
    const lanes = syncLanes.filter((lane) => places[lane] !== undefined);
    if (before === undefined && lanes.length === 0) return;
    for (const lane of lanes) {
      if (before?.[lane] === places[lane]) continue;
      outbox.empty(lane);
      if (lane === 'bucket') multiparts.empty();
    }
    outbox.begin(lanes, { isSure, hasLapsed: before?.hasLapsed === true });
    const set = booth.set(placesName, { ...before, ...places, hasLapsed: places.bucket === undefined });
    if (!set.ok) throw new Error(set.fault.code);
  });
  return {
    booth,
    audit: createAuditTable(opened, guard),
    notices: createNoticeTable(opened, guard),
    events: createEventTable(opened, guard),
    photos: { ...photos, ...createShownPhotos(opened) },
    faces,
    staged,
    keptVisits: createKeptVisitTable(opened, guard),
    visits,
    prints,
    outbox,
    multiparts,
    cloudGalleries: createCloudGalleryTable(opened, guard),
    mails: createMailTable(opened, guard),
    findme: createFindmeTable(opened, guard),
    records: createEventRecords(opened, guard),
    commitAnalysis: (photo, analysis, packKey) => guard(() => commit(photo, analysis, packKey)),
    keepRawBeside: (photo) => guard(() => keepRawBeside(photo)),
    inOneCommit: createInOneCommit(opened, guard),
    erasedBoxesOf: (photoId, size) => [...faces.erasedBoxesOf(photoId), ...versions.inheritedErasures(photoId, size)],
    eraseVisit: (visit, actor, faceIds) => guard(() => eraseVisit(visit, actor, faceIds)),
    syncTo: (places, isSure = true) => guard(() => syncTo(places, isSure)),
    hasErased: () => booth.get(erasedName, z.boolean()) === true,
    backupsReplaced: () => booth.remove(erasedName),
    forgetSealed: () =>
      guard(
        opened.transaction(() =>
          opened.exec(`
            UPDATE events SET sealed_key = NULL;
            DELETE FROM faces;
            DELETE FROM staged_photos;
            UPDATE photos SET state = 'stored' WHERE state = 'indexed';
            DELETE FROM kept_visits;
            DELETE FROM cloud_galleries;
            DELETE FROM mails WHERE sent_at IS NULL;
            DELETE FROM selfies;
            UPDATE visits SET sealed = NULL;
            UPDATE print_orders SET sealed = NULL;
            UPDATE print_sheets SET state = 'cancelled' WHERE state = 'waiting';
          `),
        ),
      ),
    copyTo: async (file) => {
      try {
        await opened.backup(file);
        return ok(undefined);
      } catch (error) {
        return libraryFault(error, file);
      }
    },
    checkpoint: () => guard(() => void opened.pragma('wal_checkpoint(TRUNCATE)')),
    close: () => opened.close(),
  };
}

/** By what two files of one shot are known; undefined where the camera does not say enough. */
function shotOf({ capture = {} }: SearchedPhoto): Shot | undefined {
  const [serial, capturedAt] = [capture.serial, capturedAtOf(capture)];
  return serial === undefined || capturedAt === undefined ? undefined : { serial, capturedAt };
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
