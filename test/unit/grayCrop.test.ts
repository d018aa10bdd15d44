import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grayCrop } from '../../main/workers/vision/grayCrop.ts';
import type { Picture } from '../../main/workers/vision/picture.ts';
import { seeded } from '../fixtures/random.ts';

function flat(width: number, height: number, [red, green, blue]: readonly [number, number, number]): Picture {
  const pixels = new Uint8Array(width * height * 3);
  pixels.forEach((_, i) => (pixels[i] = [red, green, blue][i % 3]));
  return { width, height, shrink: 1, pixels };
}

const byte = fc.integer({ min: 0, max: 255 });

describe('grayCrop', () => {
  it('leaves a picture of one colour at that colour’s gray, whatever part of it is taken', () => {
    const square = fc.record({
      x: fc.double({ min: 0, max: 60, noNaN: true }),
      y: fc.double({ min: 0, max: 60, noNaN: true }),
      sidePx: fc.double({ min: 2, max: 60, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte), square, ([red, green, blue], inside) => {
        const crop = grayCrop(flat(120, 120, [red, green, blue]), inside, 16, 256);
        const wanted = (0.299 * red + 0.587 * green + 0.114 * blue) / 256;
        for (const value of crop) expect(Math.abs(value - wanted)).toBeLessThan(1e-5);
      }),
      { numRuns: 60 },
    );
  });

  it('is black outside the picture', () => {
    const white = flat(10, 10, [255, 255, 255]);
    // The square begins 5 to the left of and above the picture: of 20 x 20 results the middle 10 x 10 lie inside.
    const crop = grayCrop(white, { x: -5, y: -5, sidePx: 20 }, 20, 255);
    for (let y = 0; y < 20; y++) {
      for (let x = 0; x < 20; x++) {
        const isInside = x >= 5 && x < 15 && y >= 5 && y < 15;
        expect(crop[y * 20 + x]).toBeCloseTo(isInside ? 1 : 0, 6);
      }
    }
  });

  it('is all black beside the picture', () => {
    const crop = grayCrop(flat(10, 10, [255, 255, 255]), { x: 50, y: -40, sidePx: 20 }, 8, 255);
    expect([...crop]).toEqual(new Array(64).fill(0));
  });

  it('takes pixels as they are where it neither shrinks nor enlarges', () => {
    const random = seeded(7);
    const picture: Picture = {
      width: 40,
      height: 30,
      shrink: 1,
      pixels: Uint8Array.from({ length: 40 * 30 * 3 }, () => Math.floor(random() * 256)),
    };
    const crop = grayCrop(picture, { x: 9, y: 4, sidePx: 16 }, 16, 1);
    for (let y = 0; y < 16; y++) {
      for (let x = 0; x < 16; x++) {
        const [red, green, blue] = picture.pixels.subarray(((y + 4) * 40 + x + 9) * 3);
        expect(crop[y * 16 + x]).toBeCloseTo(0.299 * red + 0.587 * green + 0.114 * blue, 3);
      }
    }
  });

  it('keeps the mean brightness of grain when it shrinks', () => {
    const random = seeded(8);
    const noise: Picture = {
      width: 256,
      height: 256,
      shrink: 1,
      pixels: Uint8Array.from({ length: 256 * 256 * 3 }, () => (random() < 0.5 ? 0 : 255)),
    };
    const crop = grayCrop(noise, { x: 0, y: 0, sidePx: 256 }, 32, 1);
    // 8 x 8 and more pixels in each: the grain of 0 and 255 (deviation 127) has to be gone.
    for (const value of crop) expect(Math.abs(value - 127.5)).toBeLessThan(40);
  });
});
