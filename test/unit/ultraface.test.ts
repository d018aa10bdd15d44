import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDetections, priorsOf } from '../../main/workers/vision/detectors/ultraface.ts';
import { readManifest } from '../fixtures/pack.ts';

const recipe = readManifest().detector;

const side = fc.integer({ min: 1, max: 8 }).map((steps) => steps * recipe.sideMultiple);

const rowsOf = (priors: Float32Array) =>
  Array.from({ length: priors.length / 4 }, (_, i) => [...priors.subarray(i * 4, i * 4 + 4)]);

describe('priorsOf', () => {
  it('has one prior for each size at each place of each feature map', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        // The sides are multiples of the largest stride, so that the maps divide without a rest.
        const count = recipe.strides.reduce(
          (sum, stride, level) => sum + (width / stride) * (height / stride) * recipe.minSizes[level].length,
          0,
        );
        expect(priorsOf(width, height, recipe)).toHaveLength(count * 4);
      }),
    );
  });

  it('rounds a feature map up at each halving, as the network does', () => {
    // 240 rows: 120, 60, 30, 15, 8, 4.
    expect(priorsOf(320, 240, recipe)).toHaveLength(4 * (3 * 40 * 30 + 2 * 20 * 15 + 2 * 10 * 8 + 3 * 5 * 4));
  });

  it('has its centres inside the picture and its heights within the limit', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        for (const [x, y, priorWidth, priorHeight] of rowsOf(priorsOf(width, height, recipe))) {
          if (x <= 0 || x >= width || y <= 0 || y >= height) expect.fail(`centre at ${String(x)}, ${String(y)}`);
          if (priorHeight !== Math.min(priorWidth, recipe.maxPriorHeightPx)) {
            expect.fail(`${String(priorWidth)} x ${String(priorHeight)}`);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('goes map by map, row by row, column by column, size by size', () => {
    const rows = rowsOf(priorsOf(128, 64, recipe));
    // [level, row's y, column's x, size] never goes back.
    const places = rows.map(([x, y, size]) => {
      const level = recipe.minSizes.findIndex((sizes) => sizes.includes(size));
      return [level, y, x, size];
    });
    const sorted = places.toSorted((a, b) => a.map((value, i) => value - b[i]).find((gap) => gap !== 0) ?? 0);
    expect(places).toEqual(sorted);
    expect(rows.slice(0, 4)).toEqual([
      [4, 4, 10, 10],
      [4, 4, 16, 16],
      [4, 4, 24, 24],
      [12, 4, 10, 10],
    ]);
  });
});

describe('decodeDetections', () => {
  const priors = priorsOf(128, 128, recipe);
  const count = priors.length / 4;

  const wanted = fc.record({
    prior: fc.integer({ min: 0, max: count - 1 }),
    x: fc.double({ min: -20, max: 148, noNaN: true }),
    y: fc.double({ min: -20, max: 148, noNaN: true }),
    width: fc.double({ min: 4, max: 200, noNaN: true }),
    height: fc.double({ min: 4, max: 200, noNaN: true }),
    score: fc.double({ min: recipe.scoreThreshold + 0.001, max: 1, noNaN: true }),
  });

  it('gives back the boxes that were encoded', () => {
    const several = fc.uniqueArray(wanted, { selector: ({ prior }) => prior, maxLength: 12 });
    fc.assert(
      fc.property(several, (boxes) => {
        const scores = new Float32Array(count * 2);
        const regression = new Float32Array(count * 4);
        for (const { prior, x, y, width, height, score } of boxes) {
          const [priorX, priorY, priorWidth, priorHeight] = priors.subarray(prior * 4, prior * 4 + 4);
          scores.set([1 - score, score], prior * 2);
          // SSD's encoding (Liu et al. 2016), the other way round from what the product does.
          regression.set(
            [
              (x - priorX) / priorWidth / recipe.centreVariance,
              (y - priorY) / priorHeight / recipe.centreVariance,
              Math.log(width / priorWidth) / recipe.sizeVariance,
              Math.log(height / priorHeight) / recipe.sizeVariance,
            ],
            prior * 4,
          );
        }

        const found = decodeDetections(scores, regression, priors, recipe);

        const inOrder = boxes.toSorted((a, b) => a.prior - b.prior);
        expect(found).toHaveLength(inOrder.length);
        inOrder.forEach(({ x, y, width, height, score }, i) => {
          const { x1, y1, x2, y2 } = found[i];
          expect((x1 + x2) / 2).toBeCloseTo(x, 2);
          expect((y1 + y2) / 2).toBeCloseTo(y, 2);
          expect(x2 - x1).toBeCloseTo(width, 2);
          expect(y2 - y1).toBeCloseTo(height, 2);
          expect(found[i].score).toBeCloseTo(score, 5);
        });
      }),
    );
  });

  it('leaves out what scores below the threshold', () => {
    const scores = new Float32Array(count * 2);
    scores[1] = recipe.scoreThreshold - 0.01;
    // The background's score is not the face's.
    scores[2] = 1;
    expect(decodeDetections(scores, new Float32Array(count * 4), priors, recipe)).toEqual([]);
  });
});
