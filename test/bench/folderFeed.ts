import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { libraryDirOf, photosDirOf } from '../e2e/driver.ts';
import { writeVariant } from '../fixtures/photos.ts';
import type { CameraPhoto } from './cameraPhotos.ts';

const mostPhotos = 200;

export interface FolderFeed {
  untilFull(): Promise<void>;
  /** Throws where the workers have run out of photos, and the guests had it too easy. */
  check(): void;
  indexed(): number;
  /** Rejects if it had come to an end by itself. */
  stop(): Promise<void>;
}

/** A photographer who hands in photos of 24 megapixels, all different, faster than they can be searched. */
export function startFolderFeed(photos: readonly CameraPhoto[], folder: string): FolderFeed {
  const wanted = 16;
  const thumbnails = path.join(libraryDirOf(folder), 'derivatives', 'thumbnail');
  let handedIn = 0;
  let indexed = 0;
  let isStopped = false;
  const countThumbnails = async () =>
    (await readdir(thumbnails, { recursive: true })).filter((name) => name.endsWith('.jpg')).length;
  const fed = feed();
  // A failure is told to whoever stops the feed; until then it must not end the process.
  fed.catch(() => undefined);

  async function feed(): Promise<void> {
    const before = await countThumbnails();
    while (!isStopped) {
      indexed = (await countThumbnails()) - before;
      if (handedIn - indexed >= wanted || handedIn >= mostPhotos + wanted) {
        await sleep(100);
        continue;
      }
      const file = path.join(photosDirOf(folder), `${String(handedIn)}.jpg`);
      await writeVariant(photos[handedIn % photos.length].file, String(handedIn), `${file}.part`);
      await rename(`${file}.part`, file);
      handedIn += 1;
      // What was searched long ago is in the library.
      await rm(path.join(photosDirOf(folder), `${String(indexed - wanted)}.jpg`), { force: true });
    }
  }

  return {
    untilFull: async () => {
      while (!isStopped && indexed < 2) await Promise.race([sleep(100), fed]);
    },
    check: () => {
      if (handedIn - indexed < 2) throw new Error('the photos ran out before the tries did');
    },
    indexed: () => indexed,
    stop: () => {
      isStopped = true;
      return fed;
    },
  };
}
