import type { Box } from '../index.ts';
import type { Picture } from './picture.ts';

/**
 * Squares that cover a picture, each the whole input of a network that takes one size only.
 *
 * @param sidePx of the squares, pixels of the picture
 * @param overlapPx two neighbours share at least so much: what is no larger than this is whole in one of them. At most half a side counts.
 * @returns pixels of the original; a picture smaller than a square has a single one, which reaches beyond its border
 */
export function placesOf({ width, height, shrink }: Picture, sidePx: number, overlapPx: number): Box[] {
  const step = sidePx - Math.min(overlapPx, sidePx / 2);
  const starts = (length: number): number[] => {
    const count = Math.max(1, Math.ceil((length - sidePx) / step) + 1);
    // The first begins with the picture, the last ends with it.
    return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : (i * (length - sidePx)) / (count - 1)));
  };
  const side = sidePx * shrink;
  return starts(height).flatMap((y) =>
    starts(width).map((x) => ({ x: Math.floor(x) * shrink, y: Math.floor(y) * shrink, width: side, height: side })),
  );
}
