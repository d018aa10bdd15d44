const restMs = { first: 2_000, most: 120_000 };

/** How long to wait after something has come to nothing so often in a row, milliseconds: twice as long each time, up to two minutes. */
export const restAfter = (times: number): number => Math.min(restMs.first * 2 ** (times - 1), restMs.most);

/** @returns ISO 8601 */
export const restUntil = (times: number, now = Date.now()): string => new Date(now + restAfter(times)).toISOString();

/** A clock that was put back meanwhile lets nothing rest for longer than the longest rest. @param until ISO 8601 */
export function isStillResting(until: string | undefined, now = Date.now()): boolean {
  const leftMs = until === undefined ? 0 : Date.parse(until) - now;
  return leftMs > 0 && leftMs <= restMs.most;
}
