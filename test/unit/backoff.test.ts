import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../main/processes/index.ts';

describe('backoffMs', () => {
  it('starts a child again at once when it had worked', () => {
    expect(backoffMs(0)).toBe(0);
  });

  it('doubles from 200 ms up to half a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map(backoffMs)).toEqual([
      200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000,
    ]);
  });

  it('never shrinks and never exceeds half a minute, however long it goes on', () => {
    fc.assert(
      fc.property(fc.nat(), (failures) => {
        const waits = [backoffMs(failures), backoffMs(failures + 1)];
        expect(waits[1]).toBeGreaterThanOrEqual(waits[0]);
        expect(waits[1]).toBeLessThanOrEqual(30_000);
      }),
    );
  });
});
