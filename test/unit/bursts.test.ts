// Of a burst a guest is shown the best, and offered the rest.
import { describe, expect, it } from 'vitest';
import { bestOfBursts } from '../../main/core/guests/bestOfBursts.ts';
import { photoFor } from '../../main/core/guests/index.ts';
import { stacksOf } from '../../renderer/ui/stacks.ts';

const photo = (id: number, burstId?: number, sharpness = 0, quality?: number) => ({
  ...{ id, burstId, sharpness, quality },
  ...{ sha256: String(id).padStart(64, '0'), width: 3, height: 2, takenAt: '2026-06-20T21:04:09' },
});

describe('bursts among what was found', () => {
  it('stand where their first photo stood, the sharpest of them first', () => {
    const found = [photo(1), photo(7, 5, 10), photo(2), photo(5, 5, 30), photo(6, 5, 20), photo(3)];
    expect(bestOfBursts(found).map(({ id }) => id)).toEqual([1, 5, 6, 7, 2, 3]);
  });

  it('have the one first in which the guest is seen best, as far as that is known of each', () => {
    const burst = [photo(7, 5, 10, 0.9), photo(5, 5, 30, 0.4), photo(6, 5, 20, 1.1)];
    expect(bestOfBursts(burst).map(({ id }) => id)).toEqual([6, 7, 5]);
    expect(bestOfBursts([...burst, photo(8, 5, 25)]).map(({ id }) => id)).toEqual([5, 8, 6, 7]);
  });

  it('are one print each, with the others behind it', () => {
    const found = [photo(1), photo(5, 5), photo(6, 5), photo(7, 5), photo(2)].map(photoFor);
    const stacks = stacksOf(found).map(({ photo: { id }, behind }) => [id, behind]);
    expect(stacks).toEqual([
      [1, 0],
      [5, 2],
      [2, 0],
    ]);
    expect(stacksOf([])).toEqual([]);
  });

  it('whose first photo is not the guest’s are one all the same', () => {
    expect(stacksOf([photo(8, 5), photo(9, 5)].map(photoFor))).toHaveLength(1);
  });
});
