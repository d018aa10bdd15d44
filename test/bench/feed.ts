import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '../../main/core/index.ts';
import type { Fault } from '../../preload/index.ts';
import { writeVariant } from '../fixtures/photos.ts';
import type { CameraPhoto } from './cameraPhotos.ts';
import { valueOf, within } from './workbench.ts';

export interface Feed {
  untilFull(): Promise<void>;
  /** Photos taken and not yet indexed. */
  inHand(): number;
  indexed(): number;
  /** Rejects if it had come to an end by itself. */
  stop(): Promise<void>;
}

/** Keeps more photos waiting than the workers can hold, for as long as it runs. */
export function startFeed(core: Core, eventId: number, photos: readonly CameraPhoto[], dir: string): Feed {
  const wanted = 12;
  let taken = 0;
  let indexed = 0;
  let quarantined: Fault | undefined;
  let isStopped = false;
  core.library.events.on('photo:indexed', () => (indexed += 1));
  core.library.events.on('photo:quarantined', ({ fault }) => (quarantined = fault));

  const fed = feed();
  // A failure is told to whoever stops the feed; until then it must not end the process.
  fed.catch(() => undefined);

  async function feed(): Promise<void> {
    while (!isStopped) {
      if (quarantined !== undefined) throw new Error(`a photo was quarantined: ${quarantined.code}`);
      if (taken - indexed >= wanted) {
        await sleep(20);
        continue;
      }
      const file = path.join(dir, `${String(taken)}.jpg`);
      const { file: original } = photos[taken % photos.length];
      await writeVariant(original, String(taken), file);
      const { isNew } = valueOf(await core.library.take(eventId, file));
      if (!isNew) throw new Error(`${file} was taken before`);
      taken += 1;
      await rm(file);
    }
  }

  return {
    untilFull: async () => {
      const isFull = async () => {
        while (taken - indexed < wanted || indexed < 2) await sleep(20);
      };
      await within(120_000, 'filling the queue', Promise.race([isFull(), fed]));
    },
    inHand: () => taken - indexed,
    indexed: () => indexed,
    stop: () => {
      isStopped = true;
      return fed;
    },
  };
}
