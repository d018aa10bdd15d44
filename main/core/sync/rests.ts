import type { CloudOutcome } from './storage.ts';

// Full jitter: the wait is anything up to a bound that doubles, so that those who failed together do not come back together (Brooker, Exponential
// Backoff and Jitter, AWS Architecture Blog, 2015). A network that is back is noticed within a minute.
const laterMs = { first: 1_000, most: 60_000 };
/** Trying again is of no use until somebody has seen to it: nobody is to wait long for it then, and the cloud is not to be asked for nothing. */
export const refusedMs = 300_000;
/** What fails while everything else gets through does not do so for the network. */
const patience = 10;

type Failed = Exclude<CloudOutcome, { at: 'done' }>;

/**
 * How long to wait after something has come to nothing so often in a row.
 *
 * @param times >= 1
 * @param random [0, 1)
 * @returns milliseconds
 */
export function restAfter(failed: Failed, times: number, random: number): number {
  if (failed.at === 'refused') return refusedMs;
  const bound = Math.min(laterMs.first * 2 ** Math.min(times - 1, 30), laterMs.most);
  return Math.max(random * bound, Math.min(failed.afterMs ?? 0, refusedMs));
}

/** The same for one object, of which it is known that others get through. */
export const restOfOne = (failed: Failed, times: number, random: number): number =>
  times > patience ? refusedMs : restAfter(failed, times, random);
