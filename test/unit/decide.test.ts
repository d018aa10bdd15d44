import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, thresholdsOf } from '../../main/core/matching/index.ts';
import { readManifest } from '../fixtures/pack.ts';

const cosine = fc.double({ min: -1, max: 1, noNaN: true });
const setting = fc.option(cosine, { nil: undefined });
const manifest = readManifest();

describe('thresholdsOf', () => {
  it('is what the pack says where the settings say nothing', () => {
    expect(thresholdsOf(manifest, {})).toEqual(manifest.thresholds);
  });

  it('takes the settings’ word, and never lets maybe lie above sure', () => {
    fc.assert(
      fc.property(setting, setting, (sure, maybe) => {
        const thresholds = thresholdsOf(manifest, { sure, maybe });
        expect(thresholds.sure).toBe(sure ?? manifest.thresholds.sure);
        expect(thresholds.maybe).toBe(Math.min(thresholds.sure, maybe ?? manifest.thresholds.maybe));
      }),
    );
  });
});

describe('decide', () => {
  const matches = fc
    .array(cosine, { maxLength: 30 })
    .map((scores) => scores.map((score, i) => ({ photoId: i, faceId: i, score })));
  const thresholds = fc.tuple(cosine, cosine).map(([a, b]) => ({ sure: Math.max(a, b), maybe: Math.min(a, b) }));

  it('gives nothing below maybe, everything from there on, and sure exactly from sure on', () => {
    fc.assert(
      fc.property(matches, thresholds, (all, { sure, maybe }) => {
        const decided = decide(all, { sure, maybe });
        expect(decided.map(({ photoId }) => photoId)).toEqual(
          all.filter(({ score }) => score >= maybe).map(({ photoId }) => photoId),
        );
        for (const { score, decision } of decided) expect(decision).toBe(score >= sure ? 'sure' : 'maybe');
      }),
    );
  });

  it('never gives fewer photos for a lower threshold', () => {
    fc.assert(
      fc.property(matches, thresholds, cosine, (all, { sure, maybe }, lower) => {
        const wide = decide(all, { sure, maybe: Math.min(maybe, lower) });
        expect(wide.length).toBeGreaterThanOrEqual(decide(all, { sure, maybe }).length);
      }),
    );
  });

  it('is sure at the very threshold', () => {
    const [match] = decide([{ photoId: 1, faceId: 2, score: 0.45 }], { sure: 0.45, maybe: 0.45 });
    expect(match).toEqual({ photoId: 1, faceId: 2, score: 0.45, decision: 'sure' });
  });
});
