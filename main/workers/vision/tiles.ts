import type { Box } from '../index.ts';
import type { Detection } from './ultraface.ts';

interface Size {
  width: number;
  height: number;
}

/**
 * As few tiles of a picture as there can be, all of one size, in rows from the top.
 *
 * @param sidePx no tile is wider or higher, pixels
 * @param overlapPx by which each overlaps its neighbours, pixels; less than the side
 */
export function tilesOf({ width, height }: Size, sidePx: number, overlapPx: number): Box[] {
  const columns = stretchesOf(width, sidePx, overlapPx);
  const rows = stretchesOf(height, sidePx, overlapPx);
  return rows.flatMap((row) =>
    columns.map((column) => ({ x: column.from, y: row.from, width: column.length, height: row.length })),
  );
}

function stretchesOf(whole: number, longest: number, overlap: number): { from: number; length: number }[] {
  const count = whole <= longest ? 1 : Math.ceil((whole - overlap) / (longest - overlap));
  const length = Math.ceil((whole + (count - 1) * overlap) / count);
  return Array.from({ length: count }, (_, i) => ({ from: Math.min(i * (length - overlap), whole - length), length }));
}

// A box that ends so near to a tile's border, pixels, may be of a face that goes on beyond.
const cutPx = 2;

/** Whether a box, in pixels of the picture, touches a border of the tile that is none of the picture's own: the neighbour shows the whole of it. */
export function isCut({ x1, y1, x2, y2 }: Detection, tile: Box, picture: Size): boolean {
  return (
    (tile.x > 0 && x1 < tile.x + cutPx) ||
    (tile.y > 0 && y1 < tile.y + cutPx) ||
    (tile.x + tile.width < picture.width && x2 > tile.x + tile.width - cutPx) ||
    (tile.y + tile.height < picture.height && y2 > tile.y + tile.height - cutPx)
  );
}
