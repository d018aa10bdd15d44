import type { ShownPhoto } from '../store/index.ts';

/** A photo of somebody, and how well they are seen in it; undefined where that was not looked at. */
export interface PhotoOfGuest extends ShownPhoto {
  quality: number | undefined;
}

/**
 * Brings the photos of each burst together, at the place of the first of them, the one in which the guest is seen best first: that is shown, and the others
 * are behind it. Where that is not known of all, the sharpest goes first.
 *
 * @param photos best first
 */
export function bestOfBursts(photos: readonly PhotoOfGuest[]): PhotoOfGuest[] {
  const bursts = new Map<number, PhotoOfGuest[]>();
  for (const photo of photos) {
    const key = photo.burstId ?? photo.id;
    bursts.set(key, [...(bursts.get(key) ?? []), photo]);
  }
  return [...bursts.values()].flatMap((burst) => burst.toSorted(betterOf(burst)));
}

function betterOf(burst: readonly PhotoOfGuest[]): (a: PhotoOfGuest, b: PhotoOfGuest) => number {
  const isKnown = burst.every(({ quality }) => quality !== undefined);
  const worth = ({ quality = 0, sharpness }: PhotoOfGuest) => (isKnown ? quality : sharpness);
  return (a, b) => worth(b) - worth(a);
}
