/** What came of a request. Only what a guest is told of or what is tried again is told apart. */
export type Reply<T> =
  | { kind: 'ok'; value: T }
  /** For good; `message` is in the guest's language. */
  | { kind: 'refused'; status: number; message: string }
  /** The same request may be sent again after so long. */
  | { kind: 'busy'; afterMs: number; message: string }
  /** No server answered. */
  | { kind: 'lost' };

const shortestWaitMs = 1000;
const longestWaitMs = 15_000;
const usualWaitMs = 3000;

/** How long to wait, of a `Retry-After` in seconds; RFC 9110, 10.2.3 also allows a date, which this server does not send. */
export const retryAfterMs = (header: string | null): number => {
  const seconds = header === null || header.trim() === '' ? NaN : Number(header);
  if (!Number.isFinite(seconds)) return usualWaitMs;
  return Math.min(longestWaitMs, Math.max(shortestWaitMs, seconds * 1000));
};

/** Statuses that pass by themselves. */
export const isPassing = (status: number): boolean => status === 503 || status === 429 || status === 502;
