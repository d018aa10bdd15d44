import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTries } from '../../main/core/guests/tries.ts';

/** Tries on a clock that is put forward by hand. */
function triesAt(startMs = 0) {
  const clock = { nowMs: startMs };
  const tries = createTries(() => clock.nowMs);
  const fail = (times: number) => {
    for (let i = 0; i < times; i++) if (!tries.begin()) return false;
    return true;
  };
  return { clock, tries, fail };
}

describe('tries', () => {
  it('are free four times; from the fifth on one has to wait, twice as long each time', () => {
    const { clock, tries, fail } = triesAt();
    expect(fail(5)).toBe(true);
    for (const waitMs of [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
      expect(tries.begin()).toBe(false);
      clock.nowMs += waitMs - 1;
      expect(tries.begin()).toBe(false);
      clock.nowMs += 1;
      expect(tries.begin()).toBe(true);
    }
  });

  it('are not made longer by trying while one has to wait', () => {
    const { clock, tries, fail } = triesAt();
    fail(5);
    for (let i = 0; i < 100; i++) tries.begin();
    clock.nowMs += 2_000;
    expect(tries.begin()).toBe(true);
  });

  it('are free again after one that was right, though it was the fifth', () => {
    const { tries, fail } = triesAt();
    fail(5);
    tries.succeeded();
    expect(fail(5)).toBe(true);
    expect(tries.begin()).toBe(false);
  });

  it('are forgotten ten minutes after the last', () => {
    const { clock, tries, fail } = triesAt();
    fail(4);
    clock.nowMs += 600_001;
    expect(fail(5)).toBe(true);
    expect(tries.begin()).toBe(false);
  });

  it('are as many at once as one after the other', () => {
    const { fail } = triesAt();
    expect(fail(6)).toBe(false);
  });

  it('are never more than five and one for each wait, and never end', () => {
    const step = fc.integer({ min: 0, max: 70_000 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(1_000_000), (steps, startMs) => {
        const { clock, tries } = triesAt(startMs);
        let begun = 0;
        for (const stepMs of steps) {
          clock.nowMs += stepMs;
          if (tries.begin()) begun += 1;
        }
        const elapsedMs = clock.nowMs - startMs;
        expect(begun).toBeLessThanOrEqual(5 + elapsedMs / 2_000);
        clock.nowMs += 60_000;
        expect(tries.begin()).toBe(true);
      }),
    );
  });
});
