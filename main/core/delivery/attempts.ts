// So many wrong codes from an address are slips of the finger; from then on it waits, each time twice as long.
const freeFailures = 10;
const firstWaitMs = 5_000;
const longestWaitMs = 5 * 60_000;
const forgottenAfterMs = 15 * 60_000;
// Of more addresses than a venue has phones the oldest are forgotten.
const mostAddresses = 4096;

/** Holds back an address that tries one code or link after the other. What succeeds is not counted, and no address is exempt. */
export interface Attempts {
  /** Milliseconds until the address may try again; 0: now. */
  waitMs(address: string): number;
  failed(address: string): void;
}

export function createAttempts(now: () => number = () => performance.now()): Attempts {
  const failures = new Map<string, { count: number; lastMs: number; heldUntilMs: number }>();

  function known(address: string) {
    const entry = failures.get(address);
    if (entry !== undefined && now() - entry.lastMs > forgottenAfterMs) {
      failures.delete(address);
      return undefined;
    }
    return entry;
  }

  return {
    waitMs: (address) => Math.max(0, (known(address)?.heldUntilMs ?? 0) - now()),
    failed: (address) => {
      const count = (known(address)?.count ?? 0) + 1;
      const doublings = count - freeFailures;
      const heldMs = doublings < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(doublings, 10));
      // The newest last.
      failures.delete(address);
      failures.set(address, { count, lastMs: now(), heldUntilMs: now() + heldMs });
      for (const oldest of failures.keys()) {
        if (failures.size <= mostAddresses) break;
        failures.delete(oldest);
      }
    },
  };
}
