import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAttempts } from '../../main/core/delivery/attempts.ts';

const phone = '192.168.1.20';

/** Attempts on a clock that is put forward by hand. */
function attemptsAt(startMs = 0) {
  const clock = { nowMs: startMs };
  const attempts = createAttempts(() => clock.nowMs);
  const fail = (times: number, address = phone) => {
    for (let i = 0; i < times; i++) attempts.failed(address);
  };
  return { clock, attempts, fail, waitMs: (address = phone) => attempts.waitMs(address) };
}

describe('attempts from an address', () => {
  it('are free nine times; from the tenth on it waits, twice as long each time, and five minutes at most', () => {
    const { clock, fail, waitMs } = attemptsAt();
    fail(9);
    expect(waitMs()).toBe(0);
    for (const heldMs of [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]) {
      fail(1);
      expect(waitMs()).toBe(heldMs);
      clock.nowMs += heldMs - 1;
      expect(waitMs()).toBe(1);
      clock.nowMs += 1;
      expect(waitMs()).toBe(0);
    }
  });

  it('hold back that address and no other', () => {
    const { fail, waitMs } = attemptsAt();
    fail(30);
    expect(waitMs()).toBeGreaterThan(0);
    expect(waitMs('192.168.1.21')).toBe(0);
  });

  it('are forgotten a quarter of an hour after the last', () => {
    const { clock, fail, waitMs } = attemptsAt();
    fail(9);
    clock.nowMs += 900_000;
    fail(1);
    expect(waitMs()).toBe(5_000);
    clock.nowMs += 900_001;
    fail(9);
    expect(waitMs()).toBe(0);
  });

  it('are not counted where they succeed', () => {
    const { fail, waitMs } = attemptsAt();
    for (let i = 0; i < 1_000; i++) expect(waitMs()).toBe(0);
    fail(9);
    expect(waitMs()).toBe(0);
  });

  it('exempt no address', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('127.0.0.1', '::1', '::ffff:127.0.0.1', ''));
    fc.assert(
      fc.property(address, (from) => {
        const { fail, waitMs } = attemptsAt();
        fail(10, from);
        expect(waitMs(from)).toBe(5_000);
      }),
    );
  });

  it('are known of so many addresses at most, those that failed last', () => {
    const { fail, waitMs } = attemptsAt();
    const addressOf = (i: number) => `10.0.${String(i >> 8)}.${String(i & 255)}`;
    for (let i = 0; i <= 4_096; i++) fail(10, addressOf(i));
    expect(waitMs(addressOf(0))).toBe(0);
    expect(waitMs(addressOf(1))).toBeGreaterThan(0);
    // Who goes on failing is not the oldest.
    fail(1, addressOf(1));
    fail(10, '10.9.9.9');
    expect(waitMs(addressOf(1))).toBeGreaterThan(0);
    expect(waitMs(addressOf(2))).toBe(0);
  });

  it('that wait as they are told are never more than nine and one for each wait', () => {
    const step = fc.integer({ min: 0, max: 60_000 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.nat(1_000_000), (steps, startMs) => {
        const { clock, fail, waitMs } = attemptsAt(startMs);
        let tried = 0;
        for (const stepMs of steps) {
          clock.nowMs += stepMs;
          if (waitMs() > 0) continue;
          fail(1);
          tried += 1;
        }
        expect(tried).toBeLessThanOrEqual(10 + (clock.nowMs - startMs) / 5_000);
        expect(waitMs()).toBeLessThanOrEqual(300_000);
      }),
    );
  });
});
