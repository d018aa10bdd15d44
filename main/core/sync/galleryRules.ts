import { createHash } from 'node:crypto';
import { galleryDaysPath } from '../../../preload/index.ts';
import type { Store } from '../store/index.ts';
import { galleriesPrefix } from './keys.ts';
import type { CloudOutcome, Storage } from './storage.ts';

/** Sees to it that galleries in the cloud end by themselves. See [Note: Cloud galleries]. */
export interface GalleryRules {
  /** That what lies in the folder of these days goes after them, and that the page looks there for whoever has only a code. */
  ensure(days: number): Promise<CloudOutcome>;
}

export function createGalleryRules({
  storage,
  store,
}: {
  storage: Storage;
  store: Pick<Store, 'keptVisits'>;
}): GalleryRules {
  const ensured = new Set<number>();
  let last: Promise<unknown> = Promise.resolve();

  async function ensure(days: number): Promise<CloudOutcome> {
    if (ensured.has(days)) return { at: 'done' };
    const ruled = await storage.expire(galleriesPrefix(days), days);
    if (ruled.at !== 'done') return ruled;
    // Those of before as well: doors of theirs may have gone meanwhile, and nobody says it again when others come.
    const all = new Set([...store.keptVisits.doorDays(), ...ensured, days]);
    const told = await tell([...all].sort((a, b) => a - b));
    if (told.at === 'done') ensured.add(days);
    return told;
  }

  function tell(days: readonly number[]): Promise<CloudOutcome> {
    const bytes = Buffer.from(JSON.stringify(days));
    return storage.put({
      key: galleryDaysPath,
      content: { bytes },
      sha256: createHash('sha256').update(bytes).digest('hex'),
      contentType: 'application/json',
      keeps: 'latest',
      cacheControl: 'no-cache',
    });
  }

  return {
    // One after the other: the rules of a bucket are one document.
    ensure: (days) => {
      const next = last.then(() => ensure(days));
      last = next.catch(() => undefined);
      return next;
    },
  };
}
