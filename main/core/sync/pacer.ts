import { setTimeout as sleep } from 'node:timers/promises';
import { newTokenBucket, takeTokens } from './tokenBucket.ts';

/** Lets bytes through as fast as all of them together may go, and stands back for whoever is more in a hurry. */
export interface Pacer {
  /** Waits until these may be sent. Throws what the signal is cut off with. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
  /** Waits for a moment, as long as somebody is in the way. Throws likewise. */
  standBack(signal: AbortSignal): Promise<void>;
  /** These have been sent: whoever asks next waits for them, too. */
  owe(bytes: number): void;
}

/** How often it is looked whether the way is free, and for how long bytes wait for that at most: however full the booth is, something gets through. */
const lookMs = 50;
const mostLooks = 5;

/**
 * @param bytesPerSecond undefined: as fast as they go
 * @param isInTheWay somebody is waiting for this processor
 */
export function createPacer(bytesPerSecond: number | undefined, isInTheWay: () => boolean = () => false): Pacer {
  let bucket = bytesPerSecond === undefined ? undefined : newTokenBucket(bytesPerSecond, performance.now());
  /** @returns milliseconds */
  function waitFor(bytes: number): number {
    if (bucket === undefined) return 0;
    const taken = takeTokens(bucket, bytes, performance.now());
    bucket = taken.bucket;
    return taken.waitMs;
  }

  async function standBack(signal: AbortSignal): Promise<void> {
    for (let looks = 0; looks < mostLooks && isInTheWay(); looks++) await sleep(lookMs, undefined, { signal });
  }

  return {
    take: async (bytes, signal) => {
      signal.throwIfAborted();
      const waitMs = waitFor(bytes);
      if (waitMs > 0) await sleep(waitMs, undefined, { signal });
      await standBack(signal);
    },
    standBack,
    owe: (bytes) => void waitFor(bytes),
  };
}
