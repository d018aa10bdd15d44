// So many wrong codes are a slip of the finger; from then on each makes the next wait twice as long.
const freeTries = 5;
const firstWaitMs = 2_000;
const longestWaitMs = 60_000;
// After so long without a try, whoever it was has gone.
const forgottenAfterMs = 10 * 60_000;

/** Holds back whoever tries one code after the other. All of the kiosk's tries count together: it does not know who stands before it. */
export function createTries(now: () => number = () => performance.now()) {
  let failures = 0;
  let heldUntilMs = -Infinity;
  let lastMs = -Infinity;

  return {
    /** Counts as wrong until it has succeeded, so that many at once are no way around. @returns whether it may be tried now */
    begin: (): boolean => {
      if (now() < heldUntilMs) return false;
      failures = now() - lastMs > forgottenAfterMs ? 1 : failures + 1;
      lastMs = now();
      const doublings = failures - freeTries;
      if (doublings >= 0) heldUntilMs = now() + Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(doublings, 10));
      return true;
    },
    succeeded: (): void => {
      failures = 0;
      heldUntilMs = -Infinity;
    },
  };
}
