import { EventEmitter } from 'node:events';
import { stat } from 'node:fs/promises';
import { fail, ok, type Fault, type Result } from '../../../preload/index.ts';
import type { Analysis } from '../../workers/index.ts';
import type { FaceIndex, Vision } from '../matching/index.ts';
import { isRaw, libraryFaultOf, type Arrival, type PendingPhoto, type Store } from '../store/index.ts';
import { unknownOriginals } from './adopt.ts';
import type { Derivatives } from './derivatives.ts';
import { withoutErased } from './erasedFaces.ts';
import { eventTimeOf, type CameraClock } from './eventTime.ts';
import type { Originals } from './originals.ts';
import type { Templates } from './templates.ts';

/** What is told of photos, as it happens. Times are milliseconds of wall clock. */
export interface LibraryEvents {
  'photo:stored': [{ eventId: number; photoId: number; readMs: number }];
  'photo:indexed': [
    { eventId: number; photoId: number; faces: number; timings: Analysis['timings'] & { write: number } },
  ];
  'photo:quarantined': [{ eventId: number; photoId: number; fault: Fault }];
  /** It is not shown by itself: the RAW file of another, or a content that its file had for a moment. */
  'photo:put-by': [{ eventId: number; photoId: number }];
  /** The library's disk is full, gone or damaged: nothing more is searched until `resume`. Nothing is lost. */
  'library:halted': [{ fault: Fault }];
}

export interface Library {
  readonly events: EventEmitter<LibraryEvents>;
  prepare(): Promise<Result<void>>;
  /**
   * Takes one file in: once this is done the photo is on disk and in the store, whatever happens next. Its faces follow by themselves.
   * @param arrival by which watched folder it came
   * @returns the photo, whether the event did not have these bytes, and whether its faces are still to be found; or photo.* (this file) or library.* (no file can be taken)
   */
  take(
    eventId: number,
    file: string,
    arrival?: Arrival,
  ): Promise<Result<{ photoId: number; isNew: boolean; isPending: boolean }>>;
  /** Goes on with what an earlier run, or one that was halted, left unsearched, or what another model pack had searched. @returns how many photos that is */
  resume(eventId: number): number;
  /** Tries again what was set aside, or one photo of it: the settings, the models or the machine may be others now. @returns how many that is */
  retry(eventId: number, photoId?: number): Result<number>;
  /** Makes an event's faces findable that have come into the store by another way. */
  load(eventId: number): Promise<void>;
  /** Takes in again what lies in the event's folder and is not in the database. @returns how many that is */
  adopt(eventId: number): Promise<Result<number>>;
  /** Where a photo's original lies. */
  fileOf(photoId: number): string | undefined;
  /** Waits until every photo taken so far is indexed or quarantined, or the library is stopped. */
  settled(): Promise<void>;
  stop(): void;
}

export interface LibraryDeps {
  libraryDir: string;
  store: Store;
  originals: Originals;
  /** undefined: nobody will look at the photos, only search them. */
  derivatives: Derivatives | undefined;
  vision: Vision;
  index: FaceIndex;
  templates: Templates;
  /** @param folder the watched folder that a photo came by, if it did */
  clockOf: (eventId: number, folder: string | undefined) => CameraClock;
  /** Larger files are not taken. */
  maxFileBytes: number;
  /** Photos under way at once: one for each worker, and one that is ready when a worker is. */
  concurrency: number;
}

/** [Note: Photo states] stored -> indexed | quarantined. Each step is committed before the next begins, so that a start goes on where a crash left off. */
export function createLibrary(deps: LibraryDeps): Library {
  const { libraryDir, store, originals, derivatives, vision, index, templates, clockOf, maxFileBytes, concurrency } =
    deps;
  const events = new EventEmitter<LibraryEvents>();
  const waiting: PendingPhoto[] = [];
  const queued = new Set<number>();
  const untilSettled = new Set<() => void>();
  let running = 0;
  let isStopped = false;
  let isHalted = false;

  function enqueue(photos: readonly PendingPhoto[]): void {
    for (const photo of photos) {
      if (queued.has(photo.id)) continue;
      queued.add(photo.id);
      waiting.push(photo);
    }
    pump();
  }

  function pump(): void {
    while (!isStopped && !isHalted && running < concurrency) {
      const photo = waiting.shift();
      if (photo === undefined) break;
      running += 1;
      void search(photo)
        .catch(haltOrThrow)
        .finally(() => {
          running -= 1;
          queued.delete(photo.id);
          pump();
        });
    }
    if (running > 0 || (waiting.length > 0 && !isStopped && !isHalted)) return;
    for (const resolve of untilSettled) resolve();
    untilSettled.clear();
  }

  async function search(photo: PendingPhoto): Promise<void> {
    if (isRaw(photo.extension)) {
      const beside = store.keepRawBeside(photo);
      if (!beside.ok) {
        halt(beside.fault);
        return;
      }
      if (beside.value !== undefined) {
        putBy(photo);
        return;
      }
    }
    const analysed = (await originals.has(photo))
      ? await vision.analysePhoto(originals.pathOf(photo), derivatives?.filesOf(photo.sha256))
      : fail('photo.missing-original');
    if (!analysed.ok) {
      // Stopping is not the photo's fault: it stays as it is and is searched at the next start.
      if (analysed.fault.code !== 'engine.stopping') quarantine(photo, analysed.fault);
      return;
    }
    const { timings } = analysed.value;
    const startMs = performance.now();
    const { eventId } = photo;
    const faces = withoutErased(analysed.value.faces, store.erasedBoxesOf(photo.id, analysed.value));
    const sealed = templates.seal(photo, faces);
    const takenAt = eventTimeOf(analysed.value.capture, clockOf(eventId, store.photos.folderOf(photo.id)));
    const committed = sealed.ok
      ? store.commitAnalysis(photo, { ...analysed.value, takenAt, faces: sealed.value }, vision.packKey)
      : sealed;
    if (!committed.ok) {
      halt(committed.fault);
      return;
    }
    if (committed.value.as !== 'shown') {
      putBy(photo);
      return;
    }
    const { photoId, faceIds, goneFaceIds } = committed.value;
    if (goneFaceIds.length > 0) await index.remove(eventId, goneFaceIds);
    await index.add(vision.packKey, eventId, photoId, faceIds, faces);
    const write = performance.now() - startMs;
    events.emit('photo:indexed', { eventId, photoId, faces: faces.length, timings: { ...timings, write } });
  }

  const putBy = ({ id, eventId }: PendingPhoto) => events.emit('photo:put-by', { eventId, photoId: id });

  function quarantine(photo: PendingPhoto, fault: Fault): void {
    const marked = store.photos.markQuarantined(photo, fault);
    if (marked.ok) events.emit('photo:quarantined', { eventId: photo.eventId, photoId: photo.id, fault });
    else halt(marked.fault);
  }

  function haltOrThrow(error: unknown): void {
    const fault = libraryFaultOf(error);
    if (fault === undefined) throw error;
    halt(fault);
  }

  function halt(fault: Fault): void {
    if (isHalted) return;
    isHalted = true;
    events.emit('library:halted', { fault });
  }

  return {
    events,
    prepare: () => originals.prepare(),

    take: async (eventId, file, arrival) => {
      const startMs = performance.now();
      const found = await stat(file).catch(() => undefined);
      if (!found?.isFile()) return fail('photo.unreadable', file);
      if (found.size === 0) return fail('photo.empty');
      if (found.size > maxFileBytes) return fail('photo.file-too-large', `${String(found.size)} bytes`);

      const origin = { path: file, sizeBytes: found.size, modifiedMs: found.mtimeMs, arrival };
      const known = store.photos.findByOrigin(eventId, origin);
      if (known !== undefined && (await originals.has(known)))
        return ok({ photoId: known.id, isNew: false, isPending: queued.has(known.id) });

      const original = await originals.keep(eventId, file, found);
      if (!original.ok) return original;
      const stored = store.photos.addStored(eventId, original.value, origin);
      if (!stored.ok) return stored;
      const { photoId, isNew, isPending } = stored.value;
      events.emit('photo:stored', { eventId, photoId, readMs: performance.now() - startMs });
      if (isPending) enqueue([{ id: photoId, eventId, ...original.value }]);
      return ok({ photoId, isNew, isPending });
    },

    resume: (eventId) => {
      isHalted = false;
      const pending = store.photos.listPending(eventId, vision.packKey);
      enqueue(pending);
      return pending.length;
    },

    retry: (eventId, photoId) => {
      const released = store.photos.releaseQuarantined(eventId, photoId);
      if (released.ok) enqueue(store.photos.listPending(eventId, vision.packKey));
      return released;
    },

    load: (eventId) => index.load(templates.stored(vision.packKey, eventId)),

    adopt: async (eventId) => {
      let adopted = 0;
      for await (const { path, sha256, sizeBytes, modifiedMs } of unknownOriginals(libraryDir, store, eventId)) {
        if (isStopped) break;
        const photo = { sha256, extension: '', sizeBytes };
        // Where it came from is not known any more; its source, if that is still there, says so when it is looked through again.
        const stored = store.photos.addStored(eventId, photo, { path, sizeBytes, modifiedMs });
        if (!stored.ok) return stored;
        if (stored.value.isPending) enqueue([{ id: stored.value.photoId, eventId, ...photo }]);
        adopted += 1;
      }
      return ok(adopted);
    },

    fileOf: (photoId) => {
      const photo = store.photos.find(photoId);
      return photo && originals.pathOf(photo);
    },

    settled: () =>
      new Promise((resolve) => {
        untilSettled.add(resolve);
        pump();
      }),

    stop: () => {
      isStopped = true;
      pump();
    },
  };
}
