import { describe, expect, it } from 'vitest';
import { isStillResting, restAfter, restUntil } from '../../main/core/printing/rests.ts';

const now = Date.parse('2026-06-12T21:00:00Z');

describe('a rest after something has come to nothing', () => {
  it('is longer each time, and never longer than two minutes', () => {
    expect([1, 2, 3, 4, 20].map(restAfter)).toEqual([2_000, 4_000, 8_000, 16_000, 120_000]);
  });

  it('is over in time', () => {
    const until = restUntil(3, now);
    expect(until).toBe('2026-06-12T21:00:08.000Z');
    expect(isStillResting(until, now)).toBe(true);
    expect(isStillResting(until, now + 8_000)).toBe(false);
    expect(isStillResting(undefined, now)).toBe(false);
  });

  it('is over, too, where the clock was put back meanwhile', () => {
    expect(isStillResting(restUntil(3, now), now - 3_600_000)).toBe(false);
  });
});
