// What `evaluate` says beside its figures: why photos were missed, how sure the figures are, and its report.
import { describe, expect, it } from 'vitest';
import { calibrated } from '../../main/cli/evaluation/calibration.ts';
import { causeOf, countCauses, turnOf } from '../../main/cli/evaluation/causes.ts';
import { intervalsAt } from '../../main/cli/evaluation/confidence.ts';
import { detOf, fnirAt } from '../../main/cli/evaluation/det.ts';
import { figuresAt, type PhotoLabels, type ProbeScores } from '../../main/cli/evaluation/metrics.ts';
import { reportOf, type ReportInput } from '../../main/cli/evaluation/report/report.ts';
import { decisionSchema } from '../../main/packs/manifest.ts';
import { readManifest } from '../fixtures/pack.ts';
import { seeded } from '../fixtures/random.ts';

const facing = [30, 50, 70, 50, 50, 70, 35, 90, 65, 90];
const face = { height: 100, norm: 4, landmarks: facing };

describe('the cause of a miss', () => {
  const missed = { isProbeUsable: true, face, strength: 0.2, maybe: 0.38 };

  it.each([
    ['probe', { isProbeUsable: false }],
    ['no-face', { face: undefined, strength: undefined }],
    ['asked', { strength: 0.4 }],
    ['small', { face: { ...face, height: 30 } }],
    ['turned', { face: { ...face, landmarks: [30, 50, 70, 50, 64, 70, 35, 90, 65, 90] } }],
    ['unclear', { face: { ...face, norm: 2.5 } }],
    ['unlike', {}],
  ])('is %s', (cause, changed) => {
    expect(causeOf({ ...missed, ...changed })).toBe(cause);
  });

  it('is told by the nose, however the head is tilted', () => {
    expect(turnOf(facing)).toBe(0);
    // A quarter turn: the eyes one above the other, the nose beside their middle, a quarter of their distance off.
    expect(turnOf([50, 30, 50, 70, 30, 60, 10, 35, 10, 65])).toBeCloseTo(0.25);
  });

  it('is counted, the most frequent first', () => {
    expect(Object.entries(countCauses(['small', 'probe', 'small']))).toEqual([
      ['small', 2],
      ['probe', 1],
    ]);
  });
});

/** Forty people, each in two photos, and as many strangers: their scores overlap. */
function event(): { probes: ProbeScores[]; labels: PhotoLabels } {
  const random = seeded(5);
  const people = Array.from({ length: 40 }, (_, i) => `p${String(i)}`);
  const labels: PhotoLabels = new Map(
    people.flatMap((person) => [0, 1].map((n) => [`${person}-${String(n)}.jpg`, [person]] as const)),
  );
  const probeOf = (person: string): ProbeScores => ({
    probe: `${person}.jpg`,
    person,
    scores: new Map(
      [...labels].map(([photo, who]) => [photo, who.includes(person) ? 0.35 + random() * 0.5 : random() * 0.42]),
    ),
  });
  return { probes: [...people, ...people.map((person) => `stranger ${person}`)].map(probeOf), labels };
}

describe('the trade-off', () => {
  const { probes, labels } = event();
  const points = detOf(probes, labels);

  it('is what the figures are at each threshold', () => {
    expect(points.length).toBeGreaterThan(20);
    for (const { threshold, fpir, fnir } of points) {
      expect(figuresAt(threshold, probes, labels)).toMatchObject({ fpir, fnir });
    }
    const fpirs = points.map(({ fpir }) => fpir);
    expect(fpirs).toEqual(fpirs.toSorted((a, b) => b - a));
  });

  it('is read where no more strangers find something, and not beyond what so few can tell', () => {
    const wanted = Math.min(...points.filter(({ fpir }) => fpir <= 0.1).map(({ fnir }) => fnir));
    expect(fnirAt(0.1, points, 40)).toBe(wanted);
    expect(fnirAt(0.01, points, 40)).toBeUndefined();
    expect(fnirAt(0.01, points, 100)).toBe(
      Math.min(...points.filter(({ fpir }) => fpir === 0).map(({ fnir }) => fnir)),
    );
  });
});

describe('the intervals', () => {
  it('hold the figure, are narrow for many probes, and are the same each time', () => {
    const { probes, labels } = event();
    const figures = figuresAt(0.45, probes, labels);
    const intervals = intervalsAt(0.45, probes, labels, seeded(1));
    for (const name of ['recall', 'precision', 'fpir', 'fnir'] as const) {
      const [low, high] = intervals[name];
      expect(low).toBeLessThanOrEqual(figures[name]);
      expect(high).toBeGreaterThanOrEqual(figures[name]);
    }
    const [low, high] = intervals.recall;
    expect(high - low).toBeGreaterThan(0.02);
    expect(high - low).toBeLessThan(0.25);
    expect(intervalsAt(0.45, probes, labels, seeded(1))).toEqual(intervals);
  });
});

describe('calibration', () => {
  const before = readManifest().decision;

  it('finds the scores that strangers reach as seldom as it says', () => {
    // Evenly spread scores: the share that reaches s is 1 - s.
    const scores = Array.from({ length: 100_000 }, (_, i) => (i * 0.618_033_988) % 1);
    const rule = calibrated(scores, scores.length, before);
    expect(rule).toMatchObject({ ok: true, value: { falsePositives: before.falsePositives } });
    if (!rule.ok) return;
    expect(rule.value.falseMatches).toEqual([
      [0.99, 0.01],
      [0.999, 0.001],
      [1, 0.0001],
    ]);
    expect(decisionSchema.safeParse(rule.value).success).toBe(true);
  });

  it('counts the faces that were compared, of which each photo’s score is the best', () => {
    const scores = Array.from({ length: 20_000 }, (_, i) => i / 20_000);
    const rule = calibrated(scores, 100_000, before);
    // One pair in a hundred is one photo in twenty.
    expect(rule).toMatchObject({
      ok: true,
      value: { falseMatches: [[0.95, 0.01], [0.995, 0.001], expect.anything()] },
    });
  });

  it('says so where there are too few', () => {
    expect(calibrated([0.1, 0.2], 5000, before)).toMatchObject({ ok: false, fault: { code: 'calibration.too-few' } });
  });
});

describe('the report', () => {
  const { probes, labels } = event();
  const input: ReportInput = {
    title: 'lfw <event>',
    pack: 'A pack & more',
    figures: { ...figuresAt(0.45, probes, labels), rank1: 0.5 },
    intervals: intervalsAt(0.45, probes, labels, seeded(1)),
    thresholds: { sure: 0.45, maybe: 0.38 },
    counts: { photos: 80, faces: 80, probes: 80 },
    causes: { small: 3 },
    det: detOf(probes, labels),
    strangers: 40,
    own: [0.5, 0.6],
    others: [0.1, 0.2],
    misses: [
      {
        caption: 'small · 0.312 · <b>.jpg',
        probe: 'data:image/jpeg;base64,AAAA',
        photo: undefined,
        face: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 },
      },
    ],
    falseHits: [],
  };

  it('needs nothing outside itself, and takes no name for markup', () => {
    const page = reportOf(input);
    expect(page).toContain('<title>lfw &lt;event&gt;</title>');
    expect(page).toContain('A pack &amp; more');
    expect(page).toContain('&lt;b&gt;.jpg');
    expect(page).not.toMatch(/<script|https?:|<link|url\(/);
    expect([...page.matchAll(/src="([^"]*)"/g)].map(([, source]) => source)).toEqual(['data:image/jpeg;base64,AAAA']);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('says where there are too few strangers to tell', () => {
    expect(reportOf(input)).toContain('cannot be told by 40 strangers');
  });

  it('has nothing to say of errors where there are none', () => {
    expect(reportOf({ ...input, misses: [], causes: {}, own: [], others: [], det: [] })).not.toMatch(/worst|NaN/);
  });
});
