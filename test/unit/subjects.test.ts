import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facesOf, foremost } from '../../main/core/guests/subjects.ts';

const frame = { width: 1280, height: 720 };

// Evenly: fast-check's own doubles are mostly next to nothing.
const between = (min: number, max: number) =>
  fc.integer({ min: 0, max: 10_000 }).map((step) => min + ((max - min) * step) / 10_000);

const box = fc
  .record({
    x: between(-50, 1250),
    y: between(-50, 700),
    height: between(20, 700),
  })
  .map(({ x, y, height }) => ({ box: { x, y, width: height * 0.8, height } }));
const faces = fc.array(box, { maxLength: 8 });
const point = fc.record({
  x: between(-1, 2),
  y: between(-1, 2),
});

/** A face of this height around a point of the frame. */
const faceAt = ({ x, y }: { x: number; y: number }, height = 200) => ({
  box: { x: x * frame.width - height * 0.4, y: y * frame.height - height / 2, width: height * 0.8, height },
});

describe('foremost', () => {
  it('leaves out whoever is less than half as large as the nearest, and nobody else', () => {
    fc.assert(
      fc.property(faces, (all) => {
        const present = foremost(all);
        const nearest = Math.max(...all.map((face) => face.box.height));
        for (const face of all) expect(present.includes(face)).toBe(face.box.height >= nearest / 2);
        expect(present).toEqual(present.toSorted((a, b) => b.box.height - a.box.height));
      }),
    );
  });
});

describe('facesOf', () => {
  it('is the one who stands alone, where nobody has been chosen', () => {
    const alone = faceAt({ x: 0.5, y: 0.5 });
    const passerBy = faceAt({ x: 0.1, y: 0.3 }, 60);
    expect(facesOf([], [], frame)).toEqual([undefined]);
    expect(facesOf([passerBy, alone], [], frame)).toEqual([alone]);
    expect(facesOf([alone, faceAt({ x: 0.2, y: 0.5 })], [], frame)).toEqual([undefined]);
  });

  it('gives each subject an entry, and each face to one subject only', () => {
    fc.assert(
      fc.property(faces, fc.array(point, { minLength: 1, maxLength: 8 }), (all, subjects) => {
        const found = facesOf(all, subjects, frame);
        expect(found).toHaveLength(subjects.length);
        const given = found.filter((face) => face !== undefined);
        expect(new Set(given).size).toBe(given.length);
        for (const face of given) expect(foremost(all)).toContain(face);
      }),
    );
  });

  it('finds each where they were, in the order of the subjects, whatever the order of the faces', () => {
    const places = fc
      .uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 })
      .chain((columns) => fc.tuple(fc.constant(columns), fc.shuffledSubarray(columns, { minLength: columns.length })));
    const sway = between(-0.03, 0.03);
    fc.assert(
      fc.property(places, sway, ([columns, seen], by) => {
        const placeOf = (column: number) => ({ x: 0.1 + column * 0.2, y: 0.5 });
        const all = new Map(seen.map((column) => [column, faceAt(placeOf(column), 180)]));
        const subjects = columns.map(placeOf).map(({ x, y }) => ({ x: x + by, y: y - by }));
        expect(facesOf([...all.values()], subjects, frame)).toEqual(columns.map((column) => all.get(column)));
      }),
    );
  });

  it('does not take somebody else for one who has gone', () => {
    const stayed = { x: 0.25, y: 0.5 };
    const gone = { x: 0.75, y: 0.5 };
    const face = faceAt(stayed);
    expect(facesOf([face], [gone, stayed], frame)).toEqual([undefined, face]);
    expect(facesOf([face], [stayed, stayed], frame)).toEqual([face, undefined]);
    expect(facesOf([], [stayed], frame)).toEqual([undefined]);
  });

  it('does not search for a passer-by, even where a subject was', () => {
    const guest = faceAt({ x: 0.3, y: 0.5 }, 300);
    const passerBy = faceAt({ x: 0.8, y: 0.3 }, 100);
    expect(facesOf([guest, passerBy], [{ x: 0.8, y: 0.3 }], frame)).toEqual([undefined]);
  });
});
