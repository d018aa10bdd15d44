import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCut, tilesOf } from '../../main/workers/vision/tiles.ts';

const picture = fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) });
const side = fc.integer({ min: 300, max: 2500 });
const overlap = fc.integer({ min: 0, max: 200 });

describe('tilesOf', () => {
  it('covers the picture with tiles of one size, none larger than wanted', () => {
    fc.assert(
      fc.property(picture, side, overlap, ({ width, height }, sidePx, overlapPx) => {
        const tiles = tilesOf({ width, height }, sidePx, overlapPx);
        for (const tile of tiles) {
          expect(tile.width).toBe(tiles[0].width);
          expect(tile.height).toBe(tiles[0].height);
          expect(Math.max(tile.width, tile.height)).toBeLessThanOrEqual(sidePx);
          expect(Math.min(tile.x, tile.y)).toBeGreaterThanOrEqual(0);
          expect(tile.x + tile.width).toBeLessThanOrEqual(width);
          expect(tile.y + tile.height).toBeLessThanOrEqual(height);
        }
        expect(tiles.some(({ x, y }) => x === 0 && y === 0)).toBe(true);
        expect(Math.max(...tiles.map((tile) => tile.x + tile.width))).toBe(width);
        expect(Math.max(...tiles.map((tile) => tile.y + tile.height))).toBe(height);
      }),
    );
  });

  it('shows every face that is no larger than the overlap whole in some tile', () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(picture, side, fc.integer({ min: 20, max: 200 }), place, place, (whole, sidePx, overlapPx, u, v) => {
        // Room for the border that a face must not touch.
        const [width, height] = [Math.min(overlapPx - 8, whole.width), Math.min(overlapPx - 8, whole.height)];
        const x1 = u * (whole.width - width);
        const y1 = v * (whole.height - height);
        const face = { x1, y1, x2: x1 + width, y2: y1 + height, score: 1 };
        const seenIn = tilesOf(whole, sidePx, overlapPx).filter(
          (tile) =>
            face.x1 >= tile.x &&
            face.y1 >= tile.y &&
            face.x2 <= tile.x + tile.width &&
            face.y2 <= tile.y + tile.height &&
            !isCut(face, tile, whole),
        );
        expect(seenIn.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is one tile for a picture that is small enough', () => {
    expect(tilesOf({ width: 2048, height: 1000 }, 2048, 100)).toEqual([{ x: 0, y: 0, width: 2048, height: 1000 }]);
  });
});
