import type { Photo } from '../../preload/index.ts';

export interface Stack {
  /** The one that is shown. */
  photo: Photo;
  /** How many of the same burst are behind it. */
  behind: number;
}

/** The photos of each burst as one, with the first of them on top. */
export function stacksOf(photos: readonly Photo[]): Stack[] {
  const stacks = new Map<number, Stack>();
  for (const photo of photos) {
    const key = photo.burstId ?? photo.id;
    const stack = stacks.get(key);
    stacks.set(key, stack === undefined ? { photo, behind: 0 } : { ...stack, behind: stack.behind + 1 });
  }
  return [...stacks.values()];
}
