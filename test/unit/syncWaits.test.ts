import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacer } from '../../main/core/sync/pacer.ts';
import { reachable, reachAfter, widthOf, type Reach } from '../../main/core/sync/reach.ts';
import { refusedMs, restAfter, restOfOne } from '../../main/core/sync/rests.ts';
import type { CloudOutcome } from '../../main/core/sync/storage.ts';
import { createThroughput } from '../../main/core/sync/throughput.ts';
import { newTokenBucket, takeTokens } from '../../main/core/sync/tokenBucket.ts';
import { secondsFor } from '../../main/core/sync/progress.ts';

const later = { at: 'later', code: 'cloud.unreachable', detail: '' } as const;
const refused = { at: 'refused', code: 'cloud.not-allowed', detail: '' } as const;
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const times = fc.integer({ min: 1, max: 1_000_000 });

describe('the wait before a next try', () => {
  it('is bounded by a second that doubles up to a minute, with all of it left to chance', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 100].map((count) => restAfter(later, count, 0.5))).toEqual([
      500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ]);
    fc.assert(
      fc.property(times, random, (count, chance) => {
        const bound = Math.min(1000 * 2 ** Math.min(count - 1, 60), 60_000);
        const waitMs = restAfter(later, count, chance);
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThan(bound);
        // Those who failed together do not come back together.
        expect(Math.abs(waitMs - chance * bound)).toBeLessThan(1e-6);
      }),
    );
  });

  it('is no shorter than what the server asks for, within reason', () => {
    fc.assert(
      fc.property(times, random, fc.nat(), (count, chance, afterMs) => {
        const waitMs = restAfter({ ...later, afterMs }, count, chance);
        expect(waitMs).toBeGreaterThanOrEqual(Math.min(afterMs, refusedMs));
        expect(waitMs).toBeLessThanOrEqual(refusedMs);
      }),
    );
  });

  it('is five minutes for what is refused, and for one object that fails again and again', () => {
    expect(restAfter(refused, 1, 0)).toBe(300_000);
    expect(restOfOne(later, 11, 0)).toBe(300_000);
    expect(restOfOne(later, 10, 0.5)).toBe(30_000);
  });
});

describe('what is known of the cloud', () => {
  const after = (reach: Reach, outcome: CloudOutcome, nowMs: number, startedMs = nowMs) =>
    reachAfter(reach, outcome, { startedMs, nowMs, random: 0.5 });

  it('lets one find out, and all once that has got through', () => {
    const down = after(reachable, later, 1000);
    expect([widthOf(down, 1000, 4), widthOf(down, 1499, 4), widthOf(down, 1500, 4)]).toEqual([0, 0, 1]);
    const up = after(down, { at: 'done' }, 2000);
    expect(widthOf(up, 2000, 4)).toBe(4);
    expect(up.trouble).toBeUndefined();
  });

  it('counts what failed together once', () => {
    const down = after(reachable, later, 1000, 0);
    expect(after(down, later, 1100, 900)).toBe(down);
    expect(after(down, later, 3000, 2500).failures).toBe(2);
  });

  it('learns nothing of the cloud from what is wrong with one object', () => {
    expect(after(reachable, { ...refused, code: 'cloud.content-missing' }, 1000)).toBe(reachable);
    expect(after(reachable, { ...refused, code: 'cloud.content-changed' }, 1000)).toBe(reachable);
  });

  it('never keeps away from it for longer than five minutes', () => {
    const outcome = fc.constantFrom<CloudOutcome>(later, refused, { at: 'done' }, { ...later, afterMs: 1e9 });
    fc.assert(
      fc.property(fc.array(fc.tuple(outcome, fc.nat(100_000), random)), (events) => {
        let [reach, nowMs] = [reachable, 0];
        for (const [seen, elapsedMs, chance] of events) {
          nowMs += elapsedMs;
          reach = reachAfter(reach, seen, { startedMs: nowMs, nowMs, random: chance });
          expect(widthOf(reach, nowMs + refusedMs, 3)).toBeGreaterThanOrEqual(1);
          expect(reach.trouble === undefined).toBe(reach.failures === 0);
        }
      }),
    );
  });
});

describe('the token bucket', () => {
  it('never lets more through than the rate and one burst, and never waits without a reason', () => {
    const rate = fc.integer({ min: 1_000, max: 100_000_000 });
    const takes = fc.array(fc.tuple(fc.nat(60_000), fc.nat(5_000_000)), { minLength: 1 });
    fc.assert(
      fc.property(rate, takes, (bytesPerSecond, asked) => {
        let bucket = newTokenBucket(bytesPerSecond, 0);
        let [nowMs, sent] = [0, 0];
        for (const [elapsedMs, bytes] of asked) {
          nowMs += elapsedMs;
          const taken = takeTokens(bucket, bytes, nowMs);
          bucket = taken.bucket;
          sent += bytes;
          const sentAtMs = nowMs + taken.waitMs;
          expect(sent).toBeLessThanOrEqual(bucket.burstBytes + (bytesPerSecond * sentAtMs) / 1000 + 1);
          expect(taken.waitMs > 0).toBe(bucket.tokens < 0);
        }
      }),
    );
  });

  it('keeps its rate over a long time, to the byte', () => {
    let bucket = newTokenBucket(1_000_000, 0);
    let nowMs = 0;
    for (let i = 0; i < 1000; i += 1) {
      const taken = takeTokens(bucket, 65_536, nowMs);
      bucket = taken.bucket;
      nowMs += taken.waitMs;
    }
    expect(nowMs).toBeCloseTo(((1000 * 65_536 - 100_000) / 1_000_000) * 1000, 3);
  });

  it('is not refilled twice by a clock that goes back', () => {
    const { bucket } = takeTokens(newTokenBucket(1000, 1000), 65_536, 1000);
    const back = takeTokens(bucket, 0, 500).bucket;
    expect(takeTokens(back, 0, 1000).bucket.tokens).toBe(0);
  });
});

describe('bytes for the cloud', () => {
  it('stand back while somebody waits at the booth, and go as soon as nobody does', async () => {
    let looks = 0;
    await createPacer(undefined, () => ++looks < 3).take(65_536, new AbortController().signal);
    expect(looks).toBe(3);
  });

  it('go in the end, however full the booth is', async () => {
    await createPacer(undefined, () => true).take(65_536, new AbortController().signal);
  });

  it('are given up at once where what they are of is cut off', async () => {
    const cutOff = new AbortController();
    const standing = createPacer(undefined, () => {
      cutOff.abort(new Error('cut off'));
      return true;
    }).take(65_536, cutOff.signal);
    await expect(standing).rejects.toThrow(/abort/);
  });
});

describe('how fast it goes', () => {
  it('is what went in the last minute', () => {
    const throughput = createThroughput();
    expect(throughput.bytesPerSecond(0)).toBeUndefined();
    for (let second = 0; second <= 10; second += 1) throughput.sent(100, second * 1000);
    expect(throughput.bytesPerSecond(10_000)).toBeCloseTo(110, 5);
    expect(throughput.bytesPerSecond(60_000)).toBeLessThan(30);
    expect(throughput.bytesPerSecond(71_000)).toBeUndefined();
  });

  it('says how long the rest takes, where anything moves', () => {
    expect(secondsFor(1000, 100)).toBe(10);
    expect(secondsFor(1000, undefined)).toBeUndefined();
    expect(secondsFor(1000, 0)).toBeUndefined();
  });
});
