import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDetections, type Corners } from '../../main/cli/evaluation/detection.ts';

const box: fc.Arbitrary<Corners> = fc
  .tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 }), fc.integer({ min: 5, max: 60 }), fc.integer({ min: 5, max: 60 }))
  .map(([x, y, width, height]) => [x, y, x + width, y + height]);
const boxes = fc.array(box, { maxLength: 10 });

describe('countDetections', () => {
  it('finds every face where the boxes are the same', () => {
    fc.assert(
      fc.property(boxes, (labelled) => {
        expect(countDetections(labelled, labelled.toReversed())).toEqual({
          found: labelled.length,
          missed: 0,
          falseFaces: 0,
        });
      }),
    );
  });

  it('counts each label and each detection once', () => {
    fc.assert(
      fc.property(boxes, boxes, (labelled, detected) => {
        const { found, missed, falseFaces } = countDetections(labelled, detected);
        expect(found + missed).toBe(labelled.length);
        expect(found + falseFaces).toBe(detected.length);
      }),
    );
  });

  it('wants an intersection over union of .4', () => {
    const label: Corners = [0, 0, 10, 10];
    expect(countDetections([label], [[0, 0, 10, 4]])).toEqual({ found: 1, missed: 0, falseFaces: 0 });
    expect(countDetections([label], [[0, 0, 10, 3.9]])).toEqual({ found: 0, missed: 1, falseFaces: 1 });
    expect(countDetections([label], [[20, 20, 30, 30]])).toEqual({ found: 0, missed: 1, falseFaces: 1 });
  });

  it('gives a detection to the label that it fits best, and the next one to the other', () => {
    const labelled: Corners[] = [
      [0, 0, 10, 10],
      [3, 0, 13, 10],
    ];
    expect(countDetections(labelled, [[3, 0, 13, 10]])).toEqual({ found: 1, missed: 1, falseFaces: 0 });
    const both: Corners[] = [
      [3, 0, 13, 10],
      [1, 0, 11, 10],
    ];
    expect(countDetections(labelled, both)).toEqual({ found: 2, missed: 0, falseFaces: 0 });
  });
});
