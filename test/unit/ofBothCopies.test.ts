import { describe, expect, it } from 'vitest';
import type { Detection } from '../../main/workers/vision/detectors/index.ts';
import { ofBothCopies } from '../../main/workers/vision/ofBothCopies.ts';

const recipe = { nmsIou: 0.4, nmsContainment: 0.75 };
const isSmall = ({ y1, y2 }: Detection) => y2 - y1 < 190;
const face = (x: number, y: number, width: number, height: number, score: number): Detection => ({
  ...{ x1: x, y1: y, x2: x + width, y2: y + height },
  score,
});

const headAndShoulders = face(533, 390, 112, 179, 0.8);
const head = face(553, 391, 63, 101, 0.94);
const large = face(100, 100, 150, 200, 0.72);

describe('of the faces of both copies', () => {
  it('a small one is the surer look’s', () => {
    expect(ofBothCopies([headAndShoulders], [head], isSmall, recipe)).toEqual([head]);
    const lessSure = { ...head, score: 0.79 };
    expect(ofBothCopies([headAndShoulders], [lessSure], isSmall, recipe)).toEqual([headAndShoulders]);
  });

  it('one that is not small is the first look’s, however sure the other', () => {
    const nose = face(150, 150, 50, 60, 0.99);
    expect(ofBothCopies([large], [nose, { ...large, score: 0.99 }], isSmall, recipe)).toEqual([large]);
  });

  it('all stay that are apart', () => {
    const elsewhere = face(900, 50, 40, 52, 0.8);
    expect(ofBothCopies([large, elsewhere], [head], isSmall, recipe)).toEqual([large, head, elsewhere]);
  });
});
