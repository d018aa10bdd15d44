import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { sampleFile } from '../fixtures/photos.ts';
import type { Account } from './audit.ts';
import { createBooth, type FaultBooth } from './booth.ts';
import type { Standing } from './boothProcess.ts';

/** Where a fault plays. */
export interface Ground {
  /** Empty, and gone afterwards. */
  dir: string;
  seed: number;
  say: (text: string) => void;
  /** Done at the end, whatever happens; the last first. */
  defer: (cleanUp: () => Promise<unknown>) => void;
}

export interface Fault {
  name: string;
  about: string;
  /** @param scale 1 for the whole of it, less for a short form */
  run: (ground: Ground, scale: number) => Promise<Outcome>;
}

/** What is printed; `ok` says whether everything was as it has to be. */
export interface Outcome {
  ok: boolean;
  figures: Record<string, number | string>;
}

/** A fault that this system does not let us make. */
export const skipped = (why: string): Outcome => ({ ok: true, figures: { skipped: why } });

/** A small JPEG of each sample photo, with faces in it. */
export const smallPictures = (widthPx = 480): Promise<Buffer[]> =>
  Promise.all(
    [1, 2, 3, 4, 5, 6].map((number) => sharp(sampleFile(number)).resize({ width: widthPx }).jpeg().toBuffer()),
  );

export interface Place {
  folder: string;
  libraryDir: string;
  booth: FaultBooth;
}

/** A booth that looks after a folder; not started yet. */
export async function placeIn(
  { dir, defer }: Ground,
  options: { libraryDir?: string; disk?: object; hasJumpingClock?: boolean; folder?: string } = {},
): Promise<Place> {
  const folder = options.folder ?? path.join(dir, 'card');
  const libraryDir = options.libraryDir ?? path.join(dir, 'library');
  await mkdir(folder, { recursive: true });
  const booth = createBooth({
    config: {
      libraryDir,
      language: 'en',
      event: { code: 'fault' },
      sources: { folders: [folder], rescanSeconds: 1 },
      vision: { poolSize: 2, guestWorkers: 0 },
      disk: { warnFraction: 0, stopFraction: 0, stopBytes: 0, ...options.disk },
    },
    hasJumpingClock: options.hasJumpingClock ?? false,
  });
  defer(() => booth.stop());
  return { folder, libraryDir, booth };
}

/**
 * Until nothing is left to be taken in or searched, and stays so.
 * @param options.photos that there have to be
 * @param options.refused files that cannot be taken in
 */
export async function settle(
  booth: FaultBooth,
  { photos, refused = 0, patienceMs = 600_000 }: { photos: number; refused?: number; patienceMs?: number },
): Promise<void> {
  const isQuiet = ({ stored, waiting, troubled }: Standing) => stored === 0 && waiting === 0 && troubled === refused;
  await booth.until(
    'everything to be taken in',
    (standing) => standing.indexed + standing.quarantined >= photos && isQuiet(standing),
    patienceMs,
  );
  // A file that was written twice may come once more.
  await sleep(2_000);
  await booth.until('everything to be searched', isQuiet, patienceMs);
}

export function outcomeOf(account: Account, figures: Record<string, number | string> = {}): Outcome {
  const { photos, lost, duplicated, halfWritten } = account;
  return {
    ok: lost.length + duplicated.length + halfWritten.length === 0,
    figures: {
      ...figures,
      photos,
      lost: lost.length,
      duplicated: duplicated.length,
      'half-written': halfWritten.length,
      ...(lost.length === 0 ? {} : { 'first lost': lost[0] }),
      ...(halfWritten.length === 0 ? {} : { 'first half-written': halfWritten[0] }),
    },
  };
}
