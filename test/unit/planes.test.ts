import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleaved, planesOf } from '../../main/workers/vision/planes.ts';

const picture = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })).chain(([width, height]) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    shrink: fc.constant(1),
    pixels: fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 }),
  }),
);

const colour = fc.constantFrom('RGB' as const, 'BGR' as const);
const pad = fc.integer({ min: 0, max: 5 });

describe('planesOf', () => {
  it('puts each pixel where it belongs, and 0 everywhere else', () => {
    fc.assert(
      fc.property(picture, pad, pad, pad, colour, (from, left, top, rest, order) => {
        const width = from.width + left + rest;
        const height = from.height + top + rest;
        const planes = planesOf(from, left, top, { width, height, colour: order, mean: 127, scale: 128 });

        expect(planes).toHaveLength(3 * width * height);
        for (let plane = 0; plane < 3; plane++) {
          const channel = order === 'RGB' ? plane : 2 - plane;
          for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) {
              const column = x - left;
              const row = y - top;
              const isInside = column >= 0 && column < from.width && row >= 0 && row < from.height;
              const wanted = isInside ? (from.pixels[(row * from.width + column) * 3 + channel] - 127) / 128 : 0;
              expect(planes[plane * width * height + y * width + x]).toBeCloseTo(wanted, 6);
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('takes a mean for each colour, in whichever order they go in', () => {
    const from = { width: 1, height: 1, shrink: 1, pixels: Uint8Array.of(10, 20, 30) };
    const form = { width: 1, height: 1, mean: [1, 2, 3], scale: 1 } as const;
    expect([...planesOf(from, 0, 0, { ...form, colour: 'RGB' })]).toEqual([9, 18, 27]);
    expect([...planesOf(from, 0, 0, { ...form, colour: 'BGR' })]).toEqual([27, 18, 9]);
  });
});

it('interleaved has the colours of a pixel side by side', () => {
  expect([...interleaved(Float32Array.of(1, 2, 10, 20, 100, 200))]).toEqual([1, 10, 100, 2, 20, 200]);
});
