import type { GalleryPhoto } from '../../preload/index.ts';
import { newIn } from './newIn.ts';

/** What has come while a gallery is looked at. */
export interface Freshness {
  /** Those that have come since the guest looks. */
  fresh: readonly number[];
  /** Whether it is being said that they have come. */
  isTelling: boolean;
}

export interface News {
  /** Says for a while what has come, if anything has. */
  tell: (before: readonly GalleryPhoto[], now: readonly GalleryPhoto[]) => void;
  stop: () => void;
}

export const nothingFresh: Freshness = { fresh: [], isTelling: false };

const tellMs = 5000;

export const createNews = (change: (changes: Partial<Freshness>) => void): News => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    tell: (before, now) => {
      const fresh = newIn(before, now);
      if (fresh.length === 0) return;
      change({ fresh, isTelling: true });
      clearTimeout(timer);
      timer = setTimeout(() => {
        change({ isTelling: false });
      }, tellMs);
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
};
