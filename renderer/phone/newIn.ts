import type { GalleryPhoto } from '../../preload/index.ts';

/** The ids of those that were not there before. */
export const newIn = (before: readonly GalleryPhoto[], now: readonly GalleryPhoto[]): number[] => {
  const known = new Set(before.map((photo) => photo.id));
  return now.map((photo) => photo.id).filter((id) => !known.has(id));
};
