import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantise } from '../../main/workers/faceindex/quantise.ts';
import { dot, randomDirection, seeded, unit } from '../fixtures/random.ts';

const dimensions = fc.constantFrom(2, 8, 64, 512);
const direction = fc.tuple(fc.integer(), dimensions).map(([seed, count]) => randomDirection(seeded(seed), count));

describe('quantise', () => {
  it('tells how far its 8 bits are from the original', () => {
    fc.assert(
      fc.property(direction, (template) => {
        const { values, error } = quantise(template);
        const coarse = unit(values);
        const distance = Math.hypot(...Float64Array.from(template, (value, i) => value - coarse[i]));
        expect(Math.abs(error - distance)).toBeLessThan(1e-6);
      }),
    );
  });

  it('is off by no more than rounding at the largest element’s scale explains', () => {
    fc.assert(
      fc.property(direction, (template) => {
        const largest = Math.max(...template.map(Math.abs));
        // Half a step in each element; bringing the result to unit length can double that at most.
        expect(quantise(template).error).toBeLessThanOrEqual((largest / 127) * Math.sqrt(template.length));
      }),
    );
  });

  it('bounds how far a comparison of coarse ones can be off', () => {
    const pair = fc.tuple(fc.integer(), dimensions).map(([seed, count]) => {
      const random = seeded(seed);
      return [randomDirection(random, count), randomDirection(random, count)];
    });
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const coarseA = quantise(a);
        const coarseB = quantise(b);
        const off = Math.abs(dot(a, b) - dot(unit(coarseA.values), unit(coarseB.values)));
        expect(off).toBeLessThanOrEqual(coarseA.error + coarseB.error + 1e-6);
      }),
      { numRuns: 1000 },
    );
  });

  it('uses the whole range, and survives a template of nothing', () => {
    expect([...quantise(Float32Array.of(0.6, -0.8)).values]).toEqual([95, -127]);
    expect([...quantise(new Float32Array(4)).values]).toEqual([0, 0, 0, 0]);
  });
});
