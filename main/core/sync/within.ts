import { setTimeout as sleep } from 'node:timers/promises';

/** Within which a request that is cut off has to end. */
const heedMs = 5_000;

/**
 * A request that is given up when it takes too long, whether or not it heeds its signal.
 *
 * @param cutOff somebody does not want it any more
 * @param late what is said of one that was given up
 */
export async function within<T>(
  deadlineMs: number,
  cutOff: AbortSignal,
  request: (signal: AbortSignal) => Promise<T>,
  late: T,
): Promise<T> {
  cutOff.throwIfAborted();
  const isOver = new AbortController();
  const deadline = new AbortController();
  const signal = AbortSignal.any([cutOff, deadline.signal]);
  const timer = setTimeout(() => deadline.abort(), deadlineMs);
  const asked = request(signal).catch((error: unknown) => {
    if (signal.aborted) return late;
    throw error;
  });
  const givenUp = new Promise<T>((resolve) => {
    const giveUp = () =>
      void sleep(heedMs, undefined, { signal: isOver.signal }).then(
        () => resolve(late),
        () => undefined,
      );
    signal.addEventListener('abort', giveUp, { once: true, signal: isOver.signal });
  });
  try {
    return await Promise.race([asked, givenUp]);
  } finally {
    clearTimeout(timer);
    isOver.abort();
  }
}
