import { setTimeout as sleep } from 'node:timers/promises';

/** @returns undefined where it took longer; what becomes of it then, nobody hears */
export async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([work, sleep(limitMs, undefined, { signal: over.signal })]);
  } finally {
    over.abort();
  }
}
