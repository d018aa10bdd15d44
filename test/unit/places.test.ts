import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesOf } from '../../main/workers/vision/places.ts';

const pictureOf = (width: number, height: number, shrink = 1) => ({ width, height, shrink, pixels: new Uint8Array() });
const length = fc.integer({ min: 10, max: 3000 });

describe('placesOf', () => {
  it('has each face that is no larger than the overlap whole in one of them', () => {
    fc.assert(
      fc.property(length, length, fc.integer({ min: 0, max: 319 }), fc.gen(), (width, height, overlap, gen) => {
        const places = placesOf(pictureOf(width, height), 640, overlap);
        const within = (most: number) => gen(fc.integer, { min: 0, max: Math.max(0, most - overlap) });
        const [x, y] = [within(width), within(height)];
        const isWhole = places.some(
          (place) =>
            place.x <= x &&
            place.y <= y &&
            x + Math.min(overlap, width) <= place.x + place.width &&
            y + Math.min(overlap, height) <= place.y + place.height,
        );
        expect(isWhole).toBe(true);
      }),
    );
  });

  it('needs a single one where the picture is no larger', () => {
    expect(placesOf(pictureOf(640, 480), 640, 100)).toEqual([{ x: 0, y: 0, width: 640, height: 640 }]);
  });

  it('tells them in pixels of the original', () => {
    expect(placesOf(pictureOf(1000, 640, 3), 640, 100)).toEqual([
      { x: 0, y: 0, width: 1920, height: 1920 },
      { x: 1080, y: 0, width: 1920, height: 1920 },
    ]);
  });
});
