import { describe, expect, it } from 'vitest';
import { errorsAt, figuresAt, rank1, type ProbeScores } from '../../main/cli/evaluation/metrics.ts';

const photos = new Map([
  ['p1', ['ann']],
  ['p2', ['ann', 'ben']],
  ['p3', ['ben']],
  ['p4', []],
]);

const probe = (name: string, person: string, scores?: Record<string, number>): ProbeScores => ({
  probe: name,
  person,
  scores: scores && new Map(Object.entries(scores)),
});

const ann = probe('ann.jpg', 'ann', { p1: 0.8, p2: 0.5, p3: 0.1, p4: 0.2 });
// Finds one of two, and one that is not his.
const ben = probe('ben.jpg', 'ben', { p1: 0.6, p2: 0.55, p3: 0.3 });
const strangerHit = probe('cid.jpg', 'cid', { p1: 0.1, p4: 0.7 });
const strangerMissed = probe('dan.jpg', 'dan', { p1: 0.2 });

describe('figuresAt', () => {
  it('counts pairs of probe and photo, and probes', () => {
    const figures = figuresAt(0.5, [ann, ben, strangerHit, strangerMissed], photos);
    // Wanted: ann's two and ben's two. Returned: p1 p2, p1 p2, p4. Right: p1 p2, p2.
    expect(figures.recall).toBeCloseTo(3 / 4);
    expect(figures.precision).toBeCloseTo(3 / 5);
    expect(figures.fpir).toBeCloseTo(1 / 2);
    expect(figures.fnir).toBe(0);
  });

  it('counts a probe without a usable face as one that finds nothing', () => {
    const unusable = probe('blur.jpg', 'ann');
    const figures = figuresAt(0.5, [ann, unusable], photos);
    expect(figures).toEqual({ recall: 2 / 4, precision: 1, fpir: 0, fnir: 1 / 2 });
    expect(figuresAt(0.5, [unusable, probe('blur2.jpg', 'cid')], photos)).toEqual({
      recall: 0,
      precision: 1,
      fpir: 0,
      fnir: 1,
    });
  });

  it('counts a photo at the very threshold as returned', () => {
    expect(figuresAt(0.8, [ann], photos).recall).toBeCloseTo(1 / 2);
    expect(figuresAt(0.8000001, [ann], photos).recall).toBe(0);
  });

  it('does not fault what was not asked', () => {
    expect(figuresAt(0.5, [], photos)).toEqual({ recall: 1, precision: 1, fpir: 0, fnir: 0 });
    expect(figuresAt(0.5, [strangerMissed], new Map())).toEqual({ recall: 1, precision: 1, fpir: 0, fnir: 0 });
  });

  it('counts a missed person in fnir though another’s photo was returned', () => {
    const wrong = probe('ben.jpg', 'ben', { p1: 0.9, p2: 0.1 });
    expect(figuresAt(0.5, [wrong], photos)).toEqual({ recall: 0, precision: 0, fpir: 0, fnir: 1 });
  });
});

describe('rank1', () => {
  it('asks of each person in the photos whether the best photo is theirs, whatever its score', () => {
    const low = probe('ann2.jpg', 'ann', { p1: 0.02, p3: 0.01 });
    expect(rank1([ann, low], photos)).toBe(1);
    expect(rank1([ann, ben], photos)).toBe(1 / 2);
  });

  it('passes strangers over and counts unusable probes against', () => {
    expect(rank1([ann, strangerHit], photos)).toBe(1);
    expect(rank1([ann, probe('blur.jpg', 'ben')], photos)).toBe(1 / 2);
    expect(rank1([strangerHit], photos)).toBe(1);
  });
});

describe('errorsAt', () => {
  it('names the nearest misses and the worst hits first', () => {
    const blur = probe('blur.jpg', 'ann');
    const { misses, falseHits } = errorsAt(0.5, [ann, ben, strangerHit, blur], photos);
    expect(misses).toEqual([
      { probe: 'ben.jpg', photo: 'p3', score: 0.3 },
      { probe: 'blur.jpg', photo: 'p1', score: null },
      { probe: 'blur.jpg', photo: 'p2', score: null },
    ]);
    expect(falseHits).toEqual([
      { probe: 'cid.jpg', photo: 'p4', score: 0.7 },
      { probe: 'ben.jpg', photo: 'p1', score: 0.6 },
    ]);
  });
});
