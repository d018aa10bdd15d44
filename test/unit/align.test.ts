import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alignFace,
  arcfacePoints,
  inverseOf,
  similarityBetween,
  warp,
  type Similarity,
} from '../../main/workers/vision/align.ts';
import type { Picture } from '../../main/workers/vision/picture.ts';
import { seeded } from '../fixtures/random.ts';

const similarity = fc
  .record({
    scale: fc.double({ min: 0.05, max: 20, noNaN: true }),
    angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    tx: fc.double({ min: -3000, max: 3000, noNaN: true }),
    ty: fc.double({ min: -3000, max: 3000, noNaN: true }),
  })
  .map(({ scale, angle, tx, ty }): Similarity => ({ a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx, ty }));

function placed({ a, b, tx, ty }: Similarity, points: readonly number[]): number[] {
  return Array.from({ length: points.length / 2 }, (_, i) => {
    const [x, y] = points.slice(i * 2, i * 2 + 2);
    return [a * x - b * y + tx, b * x + a * y + ty];
  }).flat();
}

function expectNear(found: readonly number[], wanted: readonly number[], within: number): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, i) => expect(Math.abs(value - wanted[i])).toBeLessThan(within));
}

describe('similarityBetween', () => {
  it('recovers any similarity exactly', () => {
    fc.assert(
      fc.property(similarity, (wanted) => {
        const found = similarityBetween(arcfacePoints, placed(wanted, arcfacePoints));
        expectNear([found.a, found.b, found.tx, found.ty], [wanted.a, wanted.b, wanted.tx, wanted.ty], 1e-8);
      }),
    );
  });

  it('is the best there is: no similarity nearby fits noisy points better', () => {
    const noise = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 10, maxLength: 10 });
    const nudge = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(similarity, noise, nudge, (from, errors, [da, db, dx, dy]) => {
        const points = placed(from, arcfacePoints).map((value, i) => value + errors[i]);
        const squaredError = (fit: Similarity) =>
          placed(fit, points).reduce((sum, value, i) => sum + (value - arcfacePoints[i]) ** 2, 0);
        const best = similarityBetween(points, arcfacePoints);
        const other = { a: best.a + da, b: best.b + db, tx: best.tx + dx, ty: best.ty + dy };
        expect(squaredError(best)).toBeLessThanOrEqual(squaredError(other) + 1e-6);
      }),
    );
  });
});

describe('inverseOf', () => {
  it('undoes a similarity, whichever comes first', () => {
    fc.assert(
      fc.property(similarity, (there) => {
        const back = inverseOf(there);
        expectNear(placed(back, placed(there, arcfacePoints)), arcfacePoints, 1e-6);
        expectNear(placed(there, placed(back, arcfacePoints)), arcfacePoints, 1e-6);
      }),
    );
  });
});

const side = 112;
const plane = side * side;
const asBytes = { sizePx: side, colour: 'RGB', mean: 0, scale: 1 } as const;

function randomPicture(seed: number, width = side, height = side): Picture {
  const random = seeded(seed);
  return {
    width,
    height,
    shrink: 1,
    pixels: Uint8Array.from({ length: width * height * 3 }, () => Math.floor(random() * 256)),
  };
}

/** The picture's pixel as planes have it. */
const pixelAt = ({ width, pixels }: Picture, x: number, y: number): number[] => [
  ...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

const resultAt = (planes: Float32Array, x: number, y: number): number[] =>
  [0, 1, 2].map((channel) => planes[channel * plane + y * side + x]);

function expectEveryPixel(planes: Float32Array, wanted: (x: number, y: number) => number[]): void {
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) expectNear(resultAt(planes, x, y), wanted(x, y), 1e-3);
  }
}

describe('warp', () => {
  it('leaves a picture that lies right as it is', () => {
    const picture = randomPicture(1);
    expectEveryPixel(warp(picture, { a: 1, b: 0, tx: 0, ty: 0 }, asBytes), (x, y) => pixelAt(picture, x, y));
  });

  it('turns a picture by 90 degrees pixel for pixel', () => {
    const picture = randomPicture(2);
    // x' = -y + 111, y' = x: a quarter clockwise as seen, y pointing down.
    const turned = warp(picture, { a: 0, b: 1, tx: side - 1, ty: 0 }, asBytes);
    expectEveryPixel(turned, (x, y) => pixelAt(picture, y, side - 1 - x));
  });

  it('shifts by whole pixels, and repeats the border beyond the picture', () => {
    const picture = randomPicture(3);
    const shifted = warp(picture, { a: 1, b: 0, tx: 10, ty: -20 }, asBytes);
    expectEveryPixel(shifted, (x, y) => pixelAt(picture, Math.max(0, x - 10), Math.min(side - 1, y + 20)));
  });

  it('lies between two pixels in the middle of their colours', () => {
    const picture = randomPicture(4);
    const shifted = warp(picture, { a: 1, b: 0, tx: 0.5, ty: 0 }, asBytes);
    const left = pixelAt(picture, 49, 60);
    const right = pixelAt(picture, 50, 60);
    expectNear(
      resultAt(shifted, 50, 60),
      left.map((value, channel) => (value + right[channel]) / 2),
      1e-3,
    );
  });

  it('averages grain away where it shrinks', () => {
    const fine: Picture = { width: 448, height: 448, shrink: 1, pixels: new Uint8Array(448 * 448 * 3) };
    // Columns of black and white in turn: any single sample would be one or the other.
    fine.pixels.forEach((_, i) => (fine.pixels[i] = (Math.floor(i / 3) % 448) % 2 === 0 ? 0 : 255));
    const quarter = warp(fine, { a: 0.25, b: 0, tx: 0, ty: 0 }, asBytes);
    for (let i = 0; i < plane; i++) {
      if (i % side === 0 || i % side === side - 1) continue;
      expect(Math.abs(quarter[i] - 127.5)).toBeLessThan(1);
    }
  });

  it('puts the planes in the order that is asked for', () => {
    const picture = randomPicture(5);
    const identity = { a: 1, b: 0, tx: 0, ty: 0 };
    const rgb = warp(picture, identity, asBytes);
    const bgr = warp(picture, identity, { ...asBytes, colour: 'BGR' });
    expect(bgr.subarray(0, plane)).toEqual(rgb.subarray(2 * plane));
    expect(bgr.subarray(plane, 2 * plane)).toEqual(rgb.subarray(plane, 2 * plane));
    expect(bgr.subarray(2 * plane)).toEqual(rgb.subarray(0, plane));
  });

  it('brings values to the form of the network', () => {
    const picture = randomPicture(6);
    const identity = { a: 1, b: 0, tx: 0, ty: 0 };
    const planes = warp(picture, identity, { ...asBytes, mean: 127.5, scale: 127.5 });
    expectNear(
      resultAt(planes, 7, 9),
      pixelAt(picture, 7, 9).map((value) => (value - 127.5) / 127.5),
      1e-5,
    );
  });
});

describe('alignFace', () => {
  it('brings a face to the same place however it was turned, moved and enlarged', () => {
    // A smooth picture, so that the way of sampling does not matter: what is seen depends on the place only.
    const shade = (x: number, y: number) => 128 + 60 * Math.sin(x / 17) + 50 * Math.cos(y / 23);
    const frame = (there: Similarity): Picture => {
      const back = inverseOf(there);
      const pixels = new Uint8Array(600 * 600 * 3);
      for (let y = 0; y < 600; y++) {
        for (let x = 0; x < 600; x++) {
          const [u, v] = placed(back, [x, y]);
          pixels.fill(Math.round(shade(u, v)), (y * 600 + x) * 3, (y * 600 + x) * 3 + 3);
        }
      }
      return { width: 600, height: 600, shrink: 1, pixels };
    };
    for (const [scale, degrees] of [
      [1, 0],
      [2, 30],
      [3, -45],
      [1.5, 90],
    ]) {
      const angle = (degrees / 180) * Math.PI;
      const a = scale * Math.cos(angle);
      const b = scale * Math.sin(angle);
      // The template's middle comes to lie in the picture's.
      const there = { a, b, tx: 300 - a * 56 + b * 56, ty: 300 - b * 56 - a * 56 };
      const aligned = alignFace(frame(there), placed(there, arcfacePoints), asBytes);
      let worst = 0;
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) worst = Math.max(worst, Math.abs(aligned[y * side + x] - shade(x, y)));
      }
      expect(worst).toBeLessThan(1.5);
    }
  });
});
