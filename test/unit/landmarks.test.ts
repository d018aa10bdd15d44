import { describe, expect, it } from 'vitest';
import { fivePointsOf, landmarkSquare } from '../../main/workers/vision/landmarks.ts';

/** 68 points, all far away but those that are named. */
function points68(named: Record<number, readonly [number, number]>): Float32Array {
  const points = new Float32Array(136).fill(99);
  for (const [index, point] of Object.entries(named)) points.set(point, Number(index) * 2);
  return points;
}

describe('landmarkSquare', () => {
  it('is as high as the box, around its centre', () => {
    expect(landmarkSquare({ x: 10, y: 20, width: 30, height: 50 })).toEqual({ x: 0, y: 20, sidePx: 50 });
  });
});

describe('fivePointsOf', () => {
  it('takes the middle of each eye, the tip of the nose and the corners of the mouth', () => {
    const points = points68({
      // Left eye's outline, right eye's outline (iBUG 300-W, from 0).
      ...{ 36: [0.1, 0.3], 37: [0.2, 0.2], 38: [0.3, 0.2], 39: [0.4, 0.3], 40: [0.3, 0.4], 41: [0.2, 0.4] },
      ...{ 42: [0.6, 0.3], 43: [0.7, 0.2], 44: [0.8, 0.2], 45: [0.9, 0.3], 46: [0.8, 0.4], 47: [0.7, 0.4] },
      30: [0.5, 0.6],
      48: [0.35, 0.8],
      54: [0.65, 0.85],
    });
    const found = fivePointsOf(points, { x: 100, y: 200, sidePx: 80 });
    const wanted = [120, 224, 160, 224, 140, 248, 128, 264, 152, 268];
    expect(found).toHaveLength(10);
    found.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 4));
  });
});
