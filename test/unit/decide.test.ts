import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, strengthOf, thresholdsFor } from '../../main/core/matching/index.ts';
import { readManifest } from '../fixtures/pack.ts';

const cosine = fc.double({ min: -1, max: 1, noNaN: true });
const setting = fc.option(cosine, { nil: undefined });
const size = fc.integer({ min: 0, max: 2_000_000 });
const rule = readManifest().decision;

describe('thresholdsFor', () => {
  it('lets a stranger find a photo as seldom as the rule wants', () => {
    // By the definition, from the shares that were measured.
    const fpirAt = (score: number, faces: number): number => {
      const share = new Map(rule.falseMatches).get(score) ?? NaN;
      return 1 - (1 - share) ** faces;
    };
    for (const [score, share] of rule.falseMatches.slice(2)) {
      const faces = Math.round(rule.falsePositives.sure / share);
      expect(thresholdsFor(faces, rule).sure).toBeCloseTo(Math.max(score, rule.least.sure), 2);
      expect(fpirAt(score, faces)).toBeCloseTo(rule.falsePositives.sure, 3);
    }
  });

  it('goes between and beyond what was measured', () => {
    const at = (faces: number) => thresholdsFor(faces, rule).sure;
    expect(at(1_000)).toBeGreaterThan(0.45);
    expect(at(1_000)).toBeLessThan(0.5);
    expect(at(20_000)).toBeGreaterThan(0.54);
    expect(at(1_000_000)).toBeLessThan(0.75);
  });

  it('never falls as the event grows, and stays where it is for a small one', () => {
    fc.assert(
      fc.property(size, size, (one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)].map((faces) => thresholdsFor(faces, rule));
        expect(large.sure).toBeGreaterThanOrEqual(small.sure);
        expect(large.maybe).toBeGreaterThanOrEqual(small.maybe);
        expect(small.sure).toBeGreaterThanOrEqual(rule.least.sure);
        expect(small.maybe).toBeGreaterThanOrEqual(rule.least.maybe);
      }),
    );
  });

  it('takes the settings’ word, and never lets maybe lie above sure', () => {
    fc.assert(
      fc.property(size, setting, setting, (faces, sure, maybe) => {
        const reckoned = thresholdsFor(faces, rule);
        const thresholds = thresholdsFor(faces, rule, { sure, maybe });
        expect(thresholds.sure).toBe(sure ?? reckoned.sure);
        expect(thresholds.maybe).toBe(Math.min(thresholds.sure, maybe ?? reckoned.maybe));
        expect(thresholds.kinFrom).toBeGreaterThanOrEqual(thresholds.sure);
      }),
    );
  });
});

describe('decide', () => {
  const kinLeast = 0.3;
  const matches = fc
    .array(fc.tuple(cosine, fc.option(cosine, { nil: undefined })), { maxLength: 30 })
    .map((scores) =>
      scores.map(([score, kin], i) => ({ photoId: i, faceId: i, score, ...(kin === undefined ? {} : { kin }) })),
    );
  const thresholds = fc
    .tuple(cosine, cosine)
    .map(([a, b]) => ({ sure: Math.max(a, b), maybe: Math.min(a, b), kinFrom: 1, kinLeast }));
  const idsOf = (all: readonly { photoId: number }[]) => new Set(all.map(({ photoId }) => photoId));

  it('gives nothing below maybe, everything from there on, and sure exactly from sure on', () => {
    fc.assert(
      fc.property(matches, thresholds, (all, limits) => {
        const decided = decide(all, limits);
        expect(idsOf(decided)).toEqual(idsOf(all.filter((match) => strengthOf(match, limits) >= limits.maybe)));
        for (const { strength, decision } of decided) expect(decision).toBe(strength >= limits.sure ? 'sure' : 'maybe');
        expect(decided.map(({ strength }) => strength)).toEqual(
          decided.map(({ strength }) => strength).sort((a, b) => b - a),
        );
      }),
    );
  });

  it('never gives fewer photos for a lower threshold', () => {
    fc.assert(
      fc.property(matches, thresholds, cosine, (all, limits, lower) => {
        const wide = decide(all, { ...limits, maybe: Math.min(limits.maybe, lower) });
        expect(wide.length).toBeGreaterThanOrEqual(decide(all, limits).length);
      }),
    );
  });

  it('is sure at the very threshold', () => {
    const [match] = decide([{ photoId: 1, faceId: 2, score: 0.45 }], {
      ...{ sure: 0.45, maybe: 0.45, kinFrom: 0.5, kinLeast },
    });
    expect(match).toMatchObject({ photoId: 1, strength: 0.45, decision: 'sure' });
  });

  it('takes a face by its likeness to the surest, unless it is unlike the guest', () => {
    const limits = { sure: 0.45, maybe: 0.38, kinFrom: 0.5, kinLeast };
    const kinOf = (score: number) => decide([{ photoId: 1, faceId: 1, score, kin: 0.6 }], limits);
    expect(kinOf(0.3)).toMatchObject([{ score: 0.3, strength: 0.6, decision: 'sure' }]);
    expect(kinOf(0.29)).toEqual([]);
    // And never believes it less for that.
    expect(decide([{ photoId: 1, faceId: 1, score: 0.46, kin: 0.1 }], limits)).toMatchObject([{ decision: 'sure' }]);
  });
});
