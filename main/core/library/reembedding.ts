import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ok, type Result } from '../../../preload/index.ts';
import type { Vision } from '../matching/index.ts';
import { libraryFaultOf, type PendingPhoto, type Store } from '../store/index.ts';
import { withoutErased } from './erasedFaces.ts';
import type { Library } from './library.ts';
import type { Originals } from './originals.ts';
import type { Templates } from './templates.ts';

/** Another pack's look at the photos of an event, while the event is served with the pack before it. See [Note: Another pack]. */
export interface Reembedding {
  /** The other pack's. */
  readonly packKey: string;
  start(): void;
  /** Photos of the event that the pack has looked at, and all that are shown. */
  progress(): { done: number; total: number };
  /** Nothing keeps what is staged from taking its place. */
  isComplete(): boolean;
  health: Vision['health'];
  stop(): Promise<void>;
}

// A disk that is full or gone may be mended.
const retryAfterMs = 10_000;
// After these there are other photos to be looked at.
const changes = ['photo:indexed', 'photo:put-by', 'photo:quarantined'] as const;

/**
 * Looks at one photo after the other, whenever no photo waits to become findable, and stages what it finds. What was staged before is not looked at
 * again; what comes in, is taken out or changes meanwhile is seen by the store each time.
 *
 * @param deps.vision of the other pack, with one worker in the background
 * @param deps.onComplete each time that the last photo there is has been staged
 */
export function createReembedding(deps: {
  eventId: number;
  store: Store;
  originals: Originals;
  templates: Templates;
  library: Library;
  vision: Vision;
  onComplete: () => void;
  log: Logger;
}): Reembedding {
  const { eventId, store, originals, templates, library, vision, onComplete, log } = deps;
  const { packKey } = vision;
  const stopping = new AbortController();
  const { signal } = stopping;
  const untilAborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  let starting: Promise<Result<void>> = Promise.resolve(ok(undefined));
  let running: Promise<void> = Promise.resolve();
  let wake: () => void = () => undefined;

  const progress = () => store.staged.progress(eventId, packKey);

  async function run(): Promise<void> {
    starting = vision.start();
    const started = await starting;
    if (!started.ok) {
      log.error({ fault: started.fault, packKey }, 'the new models do not start; those before them go on');
      return;
    }
    let last = 0;
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      await Promise.race([library.settled(), untilAborted]);
      if (isAborted()) return;
      // From the first again: a photo of an earlier number may have another content by now.
      const photo = store.staged.next(eventId, packKey, last) ?? store.staged.next(eventId, packKey, 0);
      if (photo === undefined) {
        onComplete();
        await Promise.race([woken, untilAborted]);
        continue;
      }
      last = photo.id;
      const staged = await look(photo);
      if (staged.ok) continue;
      log.warn({ fault: staged.fault }, 'what the new models find cannot be kept');
      await sleep(retryAfterMs, undefined, { signal }).catch(() => undefined);
    }
  }

  // A call, because the compiler takes what it has seen of a signal to hold across an await.
  const isAborted = () => signal.aborted;

  async function look(photo: PendingPhoto): Promise<Result<void>> {
    const analysed = await vision.analysePhoto(originals.pathOf(photo));
    if (isAborted()) return ok(undefined);
    if (!analysed.ok) {
      log.warn({ fault: analysed.fault, photoId: photo.id, packKey }, 'the new models cannot look at a photo');
      return store.staged.put(photo, packKey, undefined);
    }
    const faces = withoutErased(analysed.value.faces, store.erasedBoxesOf(photo.id, analysed.value));
    const sealed = templates.seal(photo, faces);
    return sealed.ok ? store.staged.put(photo, packKey, sealed.value) : sealed;
  }

  function giveUpOrThrow(error: unknown): void {
    const fault = libraryFaultOf(error);
    if (fault === undefined) throw error;
    log.error({ fault }, 'the photos cannot be looked at with the new models before the next start');
  }

  const onChange = (of: { eventId: number }) => {
    if (of.eventId === eventId) wake();
  };

  return {
    packKey,
    start: () => {
      for (const name of changes) library.events.on(name, onChange);
      running = run().catch(giveUpOrThrow);
    },
    progress,
    isComplete: () => {
      const { done, total } = progress();
      return done === total;
    },
    health: () => vision.health(),
    stop: async () => {
      stopping.abort();
      for (const name of changes) library.events.off(name, onChange);
      // A pool that is stopped while it starts never says that it has started.
      await starting;
      await vision.stop();
      await running;
    },
  };
}
