import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersectionOf, suppress } from '../../main/workers/vision/nms.ts';
import type { Detection } from '../../main/workers/vision/detectors/index.ts';

const areaOf = ({ x1, y1, x2, y2 }: Detection) => (x2 - x1) * (y2 - y1);

const box = fc
  .tuple(
    fc.integer({ min: -20, max: 120 }),
    fc.integer({ min: -20, max: 120 }),
    fc.integer({ min: 1, max: 80 }),
    fc.integer({ min: 1, max: 80 }),
  )
  .map(([x1, y1, width, height]) => ({ x1, y1, x2: x1 + width, y2: y1 + height }));

// Distinct scores: equal ones have no right order.
const detections = fc
  .array(box, { maxLength: 40 })
  .map((boxes) => boxes.map((one, i): Detection => ({ ...one, score: ((i * 37) % 101) / 101 })));

const limit = fc.double({ min: 0.05, max: 0.95, noNaN: true });

function overlapsTooMuch(a: Detection, b: Detection, maxIou: number, maxContainment: number): boolean {
  const shared = intersectionOf(a, b);
  const iou = shared / (areaOf(a) + areaOf(b) - shared);
  const contained = shared / Math.min(areaOf(a), areaOf(b));
  // A hair's breadth for the division, which the product does not make.
  return iou > maxIou + 1e-9 || contained > maxContainment + 1e-9;
}

describe('suppress', () => {
  it('keeps no two boxes that overlap beyond the limits', () => {
    fc.assert(
      fc.property(detections, limit, limit, (all, maxIou, maxContainment) => {
        const kept = suppress(all, maxIou, maxContainment);
        kept.forEach((a, i) =>
          kept.slice(i + 1).forEach((b) => expect(overlapsTooMuch(a, b, maxIou, maxContainment)).toBe(false)),
        );
      }),
    );
  });

  it('keeps what was there before, whatever its scores, and nothing that overlaps it too much', () => {
    fc.assert(
      fc.property(detections, detections, limit, limit, (some, others, maxIou, maxContainment) => {
        const before = suppress(some, maxIou, maxContainment).map((one) => ({ ...one, score: 0 }));
        const kept = suppress(others, maxIou, maxContainment, before);
        expect(kept.slice(0, before.length)).toEqual(before);
        for (const one of kept.slice(before.length)) {
          expect(before.some((other) => overlapsTooMuch(one, other, maxIou, maxContainment))).toBe(false);
        }
      }),
    );
  });

  it('drops a box only for a better one that it overlaps', () => {
    fc.assert(
      fc.property(detections, limit, limit, (all, maxIou, maxContainment) => {
        const kept = suppress(all, maxIou, maxContainment);
        for (const dropped of all.filter((one) => !kept.includes(one))) {
          const reason = kept.find((better) => {
            const shared = intersectionOf(dropped, better);
            const isMuch =
              shared >= maxIou * (areaOf(dropped) + areaOf(better) - shared) - 1e-9 ||
              shared >= maxContainment * Math.min(areaOf(dropped), areaOf(better)) - 1e-9;
            return better.score > dropped.score && isMuch;
          });
          expect(reason).toBeDefined();
        }
      }),
    );
  });

  it('keeps the best box, and gives the kept ones best first', () => {
    fc.assert(
      fc.property(detections, limit, limit, (all, maxIou, maxContainment) => {
        const scores = suppress(all, maxIou, maxContainment).map(({ score }) => score);
        expect(scores.at(0)).toBe(all.length === 0 ? undefined : Math.max(...all.map(({ score }) => score)));
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
    );
  });

  it('does not depend on the order of the boxes', () => {
    const shuffled = detections.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(suppress(other, 0.4, 0.75)).toEqual(suppress(all, 0.4, 0.75));
      }),
    );
  });

  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(detections, limit, limit, (all, maxIou, maxContainment) => {
        const once = suppress(all, maxIou, maxContainment);
        expect(suppress(once, maxIou, maxContainment)).toEqual(once);
      }),
    );
  });

  it('drops a nose that was found as a face inside a face', () => {
    const face = { x1: 0, y1: 0, x2: 100, y2: 120, score: 0.9 };
    const nose = { x1: 40, y1: 50, x2: 60, y2: 75, score: 0.8 };
    expect(suppress([nose, face], 0.4, 0.75)).toEqual([face]);
    expect(suppress([nose, face], 0.4, 1)).toEqual([face, nose]);
  });

  it('keeps two faces that only touch', () => {
    const left = { x1: 0, y1: 0, x2: 10, y2: 10, score: 0.9 };
    const right = { x1: 10, y1: 0, x2: 20, y2: 10, score: 0.8 };
    expect(suppress([left, right], 0, 0)).toEqual([left, right]);
  });
});
