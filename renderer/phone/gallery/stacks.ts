import type { GalleryPhoto } from '../../../preload/index.ts';

export interface Stack {
  photo: GalleryPhoto;
  /** How many of the same burst lie under it. */
  behind: number;
}

/** One for each burst, with the first of its photos on top: the best, as a gallery is ordered. */
export const stacksOf = (photos: readonly GalleryPhoto[]): Stack[] => {
  const stacks = new Map<string, Stack>();
  for (const photo of photos) {
    const key = photo.burstId === undefined ? `photo ${String(photo.id)}` : `burst ${String(photo.burstId)}`;
    const stack = stacks.get(key);
    if (stack === undefined) stacks.set(key, { photo, behind: 0 });
    else stack.behind += 1;
  }
  return [...stacks.values()];
};
