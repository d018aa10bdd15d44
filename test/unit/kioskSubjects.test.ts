import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxSubjects } from '../../preload/index.ts';
import { follow, toggle, type Subject } from '../../renderer/kiosk/journey/subjects.ts';
import { faceAt } from './kioskEdges.ts';

const subjectAt = (x: number): Subject => ({ centre: { x, y: 0.5 }, missed: 0 });
const xs = (subjects: readonly Subject[]) => subjects.map(({ centre }) => Number(centre.x.toFixed(2)));

describe('chosen faces', () => {
  it('are found again each at the nearest face, and nobody else becomes one', () => {
    const { subjects, faces } = follow([subjectAt(0.5)], [faceAt(0.7), faceAt(0.55), faceAt(0.1)]);
    expect(xs(subjects)).toEqual([0.55]);
    expect(faces.map(({ isSubject }) => isSubject)).toEqual([false, true, false]);
  });

  it('do not jump to somebody who stands further than their own size away', () => {
    expect(follow([subjectAt(0.2)], [faceAt(0.7)]).faces).toMatchObject([{ isSubject: false }]);
  });

  it('are remembered for a moment, and then given up', () => {
    let subjects = [subjectAt(0.3)];
    for (let check = 0; check < 5; check++) ({ subjects } = follow(subjects, [faceAt(0.8)]));
    expect(xs(subjects)).toEqual([0.3]);
    expect(follow(subjects, [faceAt(0.32)]).faces).toMatchObject([{ isSubject: true }]);
    for (let check = 0; check < 5; check++) ({ subjects } = follow(subjects, [faceAt(0.8)]));
    expect(subjects).toEqual([]);
  });

  it('never become more by being followed, and each has a face of its own', () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), fc.array(place, { maxLength: 8 }), (chosen, seen) => {
        const { subjects, faces } = follow(chosen.map(subjectAt), seen.map(faceAt));
        expect(subjects.length).toBeLessThanOrEqual(chosen.length);
        expect(faces.filter(({ isSubject }) => isSubject)).toHaveLength(
          subjects.filter(({ missed }) => missed === 0).length,
        );
        for (const { centre } of subjects) expect(centre.x).toSatisfy((x: number) => x >= -1 && x <= 2);
      }),
    );
  });

  it('are as many as may be searched for together', () => {
    let subjects: Subject[] = [];
    for (let i = 0; i <= maxSubjects; i++) subjects = toggle(subjects, { box: faceAt(i / 10), isSubject: false });
    expect(subjects).toHaveLength(maxSubjects);
  });
});
