import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mosaicLayout } from '../../renderer/ui/mosaicLayout.ts';

const aspects = fc.array(fc.double({ min: 0.4, max: 2.5, noNaN: true }), { maxLength: 90 });

describe('a mosaic', () => {
  it('shows every photo whole, inside its width, none over another', () => {
    fc.assert(
      fc.property(aspects, fc.boolean(), (photos, isLow) => {
        const { tiles, height } = mosaicLayout(photos, isLow);
        expect(tiles).toHaveLength(photos.length);
        tiles.forEach((tile, index) => {
          expect(tile.width / tile.height).toBeCloseTo(photos[index] ?? 0, 5);
          expect(tile.x).toBeGreaterThanOrEqual(0);
          expect(tile.x + tile.width).toBeLessThanOrEqual(1 + 1e-9);
          expect(tile.y + tile.height).toBeLessThanOrEqual(height + 1e-9);
          for (const other of tiles.slice(index + 1)) {
            const isApart =
              tile.x + tile.width <= other.x + 1e-9 ||
              other.x + other.width <= tile.x + 1e-9 ||
              tile.y + tile.height <= other.y + 1e-9;
            expect(isApart).toBe(true);
          }
        });
      }),
    );
  });

  it('shows the best photo largest where all are alike', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.integer({ min: 2, max: 80 }),
        fc.boolean(),
        (aspect, count, isLow) => {
          fc.pre(aspect >= 1 || count >= 3);
          const [first, ...others] = mosaicLayout(
            Array.from({ length: count }, () => aspect),
            isLow,
          ).tiles;
          for (const other of others) expect(first.height).toBeGreaterThan(other.height);
        },
      ),
    );
  });
});
