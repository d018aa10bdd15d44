import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventIndex, type EventIndex } from '../../main/workers/faceindex/eventIndex.ts';
import type { IndexMatch } from '../../main/workers/faceIndexContract.ts';
import { dot, randomDirection, seeded, unit } from '../fixtures/random.ts';

interface Row {
  faceId: number;
  photoId: number;
  template: Float32Array;
}

function add(index: EventIndex, rows: readonly Row[]): void {
  const dimensions = rows.at(0)?.template.length ?? 0;
  const templates = new Float32Array(rows.length * dimensions);
  rows.forEach(({ template }, i) => templates.set(template, i * dimensions));
  index.add(
    rows.map(({ faceId }) => faceId),
    rows.map(({ photoId }) => photoId),
    templates,
  );
}

function indexOf(rows: readonly Row[], dimensions: number): EventIndex {
  const index = createEventIndex(dimensions);
  add(index, rows);
  return index;
}

/** What a search has to give, found by looking at every face. */
function bruteForce(rows: readonly Row[], probe: Float32Array, threshold: number): IndexMatch[] {
  const best = new Map<number, IndexMatch>();
  for (const { faceId, photoId, template } of rows) {
    const score = Math.max(-1, Math.min(1, dot(probe, template)));
    if (score >= threshold && score > (best.get(photoId)?.score ?? -Infinity)) {
      best.set(photoId, { faceId, photoId, score });
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.photoId - b.photoId);
}

/** Faces that lie around a few people's directions, so that some are alike and most are not. */
function crowd(seed: number, faces: number, dimensions: number, photos: number): Row[] {
  const random = seeded(seed);
  const people = Array.from({ length: 7 }, () => randomDirection(random, dimensions));
  return Array.from({ length: faces }, (_, i) => {
    const person = people[Math.floor(random() * people.length)];
    const noise = randomDirection(random, dimensions);
    const spread = random();
    return {
      faceId: 1000 + i,
      photoId: Math.floor(random() * photos),
      template: unit(person.map((value, k) => value + spread * noise[k])),
    };
  });
}

const threshold = fc.oneof(fc.constantFrom(-1, 0, 0.38, 0.45, 1), fc.double({ min: -1, max: 1, noNaN: true }));

describe('search', () => {
  it('gives what looking at every face gives', () => {
    const size = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(fc.integer(), size, fc.constantFrom(2, 8, 32, 512), threshold, (seed, faces, dimensions, from) => {
        const rows = crowd(seed, faces, dimensions, Math.max(1, Math.ceil(faces / 2)));
        const probe = randomDirection(seeded(seed + 1), dimensions);
        expect(indexOf(rows, dimensions).search(probe, from)).toEqual(bruteForce(rows, probe, from));
      }),
      { numRuns: 150 },
    );
  });

  it('finds a face at a threshold of exactly its own score', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 99 }), fc.constantFrom(2, 3, 16), (seed, pick, dimensions) => {
        const rows = crowd(seed, 100, dimensions, 100);
        const probe = randomDirection(seeded(seed + 1), dimensions);
        const score = Math.max(-1, Math.min(1, dot(probe, rows[pick].template)));
        expect(indexOf(rows, dimensions).search(probe, score)).toEqual(bruteForce(rows, probe, score));
      }),
    );
  });

  it('finds it even where nothing else makes the coarse pass generous', () => {
    // One face in two dimensions: its own rounding is all the room there is.
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seeded(seed);
        const probe = randomDirection(random, 2);
        const rows = [{ faceId: 1, photoId: 1, template: randomDirection(random, 2) }];
        const from = Math.max(-1, Math.min(1, dot(probe, rows[0].template)));
        expect(indexOf(rows, 2).search(probe, from)).toEqual(bruteForce(rows, probe, from));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds templates that 8 bits hold without any error', () => {
    // Half of the elements 0.5, the rest 0: nothing is rounded, so that nothing leaves the coarse pass room.
    const rows = Array.from({ length: 70 }, (_, photoId) => {
      const template = new Float32Array(8);
      for (let i = 0; i < 4; i++) template[(photoId + i * (1 + (photoId % 2))) % 8] = 0.5;
      return { faceId: photoId, photoId, template };
    });
    const index = indexOf(rows, 8);
    for (const { template } of rows) {
      for (const from of [0.25, 0.5, 0.75, 1]) {
        expect(index.search(template, from)).toEqual(bruteForce(rows, template, from));
      }
    }
  });

  it('tells how like each match is to the most alike of the surest others', () => {
    const rows = crowd(5, 120, 64, 120);
    const probe = rows[0].template;
    const found = indexOf(rows, 64).search(probe, 0.2, 0.7);
    const templateOf = new Map(rows.map(({ faceId, template }) => [faceId, template]));
    const surest = found.filter(({ score }) => score >= 0.7).slice(0, 20);
    expect(surest.length).toBeGreaterThan(3);
    expect(found.length).toBeGreaterThan(surest.length);
    for (const { faceId, kin } of found) {
      const others = surest.filter((other) => other.faceId !== faceId);
      const scores = others.map((other) => dot(templateOf.get(faceId) ?? [], templateOf.get(other.faceId) ?? []));
      expect(kin).toBeCloseTo(Math.max(...scores), 5);
    }
    // Nobody is kin to themselves alone, or where nobody is sure.
    expect(indexOf(rows.slice(0, 1), 64).search(probe, -1, 0.7)).toEqual([
      { faceId: 1000, photoId: rows[0].photoId, score: expect.closeTo(1, 5) as number },
    ]);
    expect(
      indexOf(rows, 64)
        .search(probe, 0.2, 1.1)
        .some(({ kin }) => kin !== undefined),
    ).toBe(false);
  });

  it('gives every photo above the threshold, not only the first so many', () => {
    // 3,000 pictures of one person and 500 of others: far more than the first question asks for.
    const random = seeded(3);
    const person = randomDirection(random, 64);
    const rows = Array.from({ length: 3500 }, (_, i) => {
      const noise = randomDirection(random, 64);
      return { faceId: i, photoId: i, template: i < 3000 ? unit(person.map((v, k) => v + 0.5 * noise[k])) : noise };
    });
    const found = indexOf(rows, 64).search(person, 0.7);
    expect(found).toHaveLength(3000);
    expect(found).toEqual(bruteForce(rows, person, 0.7));
  });

  it('searches all blocks', () => {
    // Two full blocks of 16,384 faces and a third that has just begun.
    const rows = crowd(4, 2 * 16_384 + 100, 8, 20_000);
    const index = indexOf(rows, 8);
    const probe = rows[5].template;
    for (const from of [0.99, 0.6, -1]) {
      expect(index.search(probe, from)).toEqual(bruteForce(rows, probe, from));
    }
    expect(index.size()).toBe(rows.length);
  });

  it('gives a photo once, by its best face', () => {
    const probe = unit([1, 0]);
    const rows = [
      { faceId: 1, photoId: 9, template: unit([1, 1]) },
      { faceId: 2, photoId: 9, template: unit([1, 0.1]) },
      { faceId: 3, photoId: 9, template: unit([1, -0.5]) },
    ];
    const found = indexOf(rows, 2).search(probe, 0);
    expect(found.map(({ photoId, faceId }) => ({ photoId, faceId }))).toEqual([{ photoId: 9, faceId: 2 }]);
  });

  it('finds nothing in an empty index', () => {
    expect(createEventIndex(8).search(randomDirection(seeded(1), 8), -1)).toEqual([]);
  });

  it('never scores above 1, though rounding might', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const template = randomDirection(seeded(seed), 512);
        const [{ score }] = indexOf([{ faceId: 1, photoId: 1, template }], 512).search(template, 0.9);
        expect(score).toBeGreaterThan(0.99999);
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('add and remove', () => {
  it('does no harm when a face is added twice', () => {
    const rows = crowd(5, 200, 8, 50);
    const index = indexOf(rows, 8);
    add(index, rows.slice(20, 120));
    add(index, [rows[3], ...rows.slice(3, 5)]);
    expect(index.size()).toBe(200);
    expect(index.search(rows[0].template, -1)).toEqual(bruteForce(rows, rows[0].template, -1));
  });

  it('holds exactly what was added and not taken out again, in any order of doing so', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('add' as const), from: fc.nat({ max: 180 }), count: fc.nat({ max: 20 }) }),
        fc.record({ do: fc.constant('remove' as const), faces: fc.array(fc.nat({ max: 199 }), { maxLength: 40 }) }),
      ),
      { maxLength: 20 },
    );
    const all = crowd(6, 200, 8, 40);
    const probe = randomDirection(seeded(7), 8);
    fc.assert(
      fc.property(steps, (plan) => {
        const index = createEventIndex(8);
        let present: Row[] = [];
        for (const step of plan) {
          if (step.do === 'add') {
            const rows = all.slice(step.from, step.from + step.count);
            add(index, rows);
            present = [...present, ...rows.filter((row) => !present.includes(row))];
          } else {
            const gone = new Set(step.faces.map((i) => all[i].faceId));
            index.remove(gone);
            present = present.filter(({ faceId }) => !gone.has(faceId));
          }
        }
        expect(index.size()).toBe(present.length);
        expect(index.search(probe, -1)).toEqual(bruteForce(present, probe, -1));
        expect(index.search(probe, 0.5)).toEqual(bruteForce(present, probe, 0.5));
      }),
      { numRuns: 60 },
    );
  });

  it('takes out of several blocks, and takes in again', () => {
    const rows = crowd(8, 16_384 + 500, 8, 400);
    const index = indexOf(rows, 8);
    const isGone = ({ photoId }: Row) => photoId < 200;
    index.remove(new Set(rows.filter(isGone).map(({ faceId }) => faceId)));
    const rest = rows.filter((row) => !isGone(row));
    expect(index.size()).toBe(rest.length);
    expect(index.search(rows[0].template, 0.3)).toEqual(bruteForce(rest, rows[0].template, 0.3));

    add(index, rows);
    expect(index.size()).toBe(rows.length);
    expect(index.search(rows[0].template, 0.3)).toEqual(bruteForce(rows, rows[0].template, 0.3));

    index.remove(new Set(rows.map(({ faceId }) => faceId)));
    expect(index.size()).toBe(0);
    expect(index.search(rows[0].template, -1)).toEqual([]);
  });
});
