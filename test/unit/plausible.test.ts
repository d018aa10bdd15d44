import { describe, expect, it } from 'vitest';
import { canBeAFaces, staysInPlace } from '../../main/workers/vision/plausible.ts';
import { readManifest } from '../fixtures/pack.ts';

const { landmarks } = readManifest();
const canBe = (points: readonly number[]): boolean => canBeAFaces(points, landmarks);

/** The same points elsewhere, larger and turned in the picture's plane. */
function placed(points: readonly number[], degrees: number): number[] {
  const [cos, sin] = [Math.cos, Math.sin].map((of) => 40 * of((degrees * Math.PI) / 180));
  return Array.from({ length: 5 }, (_, i) => [points[2 * i], points[2 * i + 1]]).flatMap(([x, y]) => [
    300 + cos * x - sin * y,
    200 + sin * x + cos * y,
  ]);
}

/** A head of the usual shape, seen turned aside; its nose stands out by this share of the distance from the eyes to the mouth. */
function turned(degrees: number, noseLength = 0.45): number[] {
  const { usual } = landmarks;
  const length = (usual[7] + usual[9] - usual[1] - usual[3]) / 2;
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return usual.map((value, i) =>
    i % 2 === 1 ? value : cos * (value - 0.5) + (i === 4 ? sin * noseLength * length : 0),
  );
}

describe('the points that are found', () => {
  it.each([-120, -30, 0, 15, 90, 180])('can be those of the usual face, held at %i degrees', (degrees) => {
    expect(canBe(placed(landmarks.usual, degrees))).toBe(true);
  });

  it.each([-85, -70, -55, -30, 30, 55, 70, 85])('can be those of a head turned by %i degrees', (degrees) => {
    expect(canBe(placed(turned(degrees), 10))).toBe(true);
    expect(canBe(placed(turned(degrees, 0.35), -10))).toBe(true);
  });

  it('can be those of a face with its mouth wide open', () => {
    const open = landmarks.usual.map((value, i) => (i === 7 || i === 9 ? value + 0.13 : value));
    expect(canBe(open)).toBe(true);
  });

  it.each([
    ['a hand on a shoulder', [2505, 1626, 2527, 1635, 2515, 1659, 2500, 1686, 2521, 1693]],
    ['a narrow face with its nose in the middle', [0, 0, 40, 0, 20, 50, 2, 100, 38, 100]],
    ['eyes in one place', [20, 0, 20, 0, 20, 50, 0, 100, 40, 100]],
    ['the right eye on the left', [40, 0, 0, 0, 20, 50, 0, 100, 40, 100]],
    ['all in one place', Array.from({ length: 10 }, () => 7)],
  ])('cannot be a face’s: %s', (_what, points) => {
    expect(canBe(points)).toBe(false);
  });
});

describe('points that are looked for once more', () => {
  const before = landmarks.usual.map((value) => value * 100);
  const movedBy = (across: number, down: number) =>
    before.map((value, i) => (i === 6 ? value + across : i === 7 ? value + down : value));

  it('are the same if none of them is far from where it was', () => {
    expect(staysInPlace(before, before, 100)).toBe(true);
    expect(staysInPlace(before, movedBy(-14, 20), 100)).toBe(true);
    expect(staysInPlace(before, movedBy(-18, 20), 100)).toBe(false);
    expect(staysInPlace(before, movedBy(0, -26), 100)).toBe(false);
    expect(staysInPlace(before, movedBy(26, 0), 110)).toBe(true);
  });
});
