import { z } from 'zod';
import type { Result } from '../../../preload/index.ts';
import type { Store } from '../store/index.ts';

// So many wrong PINs are a slip of the finger; from then on each makes the next wait twice as long.
const freeTries = 4;
const firstWaitMs = 30_000;
const longestWaitMs = 15 * 60_000;

const recordSchema = z.object({ failures: z.number().int().nonnegative(), heldUntilMs: z.number() });

/** Holds back whoever tries one PIN after the other, across restarts. */
export interface Attempts {
  /** How long no PIN is looked at. */
  heldForMs: () => number;
  /** Counts as wrong until it has succeeded, so that neither many at once nor ending the program is a way around. */
  begin(): Result<void>;
  succeeded(): Result<void>;
}

/** @param now wall clock, ms since 1970 */
export function createAttempts(store: Store, now: () => number = Date.now): Attempts {
  const recorded = () => store.booth.get('pin-tries', recordSchema) ?? { failures: 0, heldUntilMs: 0 };

  return {
    // A clock that was put back holds nobody for longer than the longest wait.
    heldForMs: () => Math.min(longestWaitMs, Math.max(0, recorded().heldUntilMs - now())),
    begin: () => {
      const failures = recorded().failures + 1;
      const doublings = failures - freeTries - 1;
      const waitMs = doublings < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(doublings, 10));
      return store.booth.set('pin-tries', { failures, heldUntilMs: now() + waitMs });
    },
    succeeded: () => store.booth.remove('pin-tries'),
  };
}
