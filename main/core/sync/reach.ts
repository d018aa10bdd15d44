import { restAfter } from './rests.ts';
import type { CloudFault, CloudOutcome } from './storage.ts';

/** Whether the cloud can be reached, as far as the last requests have told. Times are milliseconds of the monotonic clock. */
export interface Reach {
  /** In a row, each begun after the one before was known. */
  failures: number;
  /** Since when it is as it is. */
  sinceMs: number;
  /** Nothing is tried before. */
  untilMs: number;
  /** Why it cannot be reached. */
  trouble: { code: CloudFault; detail: string; isRefused: boolean } | undefined;
}

export const reachable: Reach = { failures: 0, sinceMs: -Infinity, untilMs: -Infinity, trouble: undefined };

// What is wrong with one object says nothing of the others. Whatever else is wrong may be so for all of them: they wait for one that is tried.
const ofOne: ReadonlySet<CloudFault> = new Set([
  ...(['cloud.content-changed', 'cloud.content-missing', 'cloud.no-expiry', 'cloud.keys-away'] as const),
  ...(['mail.refused', 'findme.refused'] as const),
]);

/** Whether nothing but this object is in question. */
export const isOfOne = (outcome: CloudOutcome): boolean => outcome.at !== 'done' && ofOne.has(outcome.code);

/**
 * What is known of the cloud after an object was to be brought there.
 *
 * @param startedMs when the request was begun
 * @param random [0, 1)
 */
export function reachAfter(
  reach: Reach,
  outcome: CloudOutcome,
  { startedMs, nowMs, random }: { startedMs: number; nowMs: number; random: number },
): Reach {
  if (outcome.at === 'done') return reach.failures === 0 ? reach : { ...reachable, sinceMs: nowMs };
  // Those that were under way together failed for one reason.
  if (isOfOne(outcome) || startedMs < reach.sinceMs) return reach;
  const failures = reach.failures + 1;
  const { code, detail } = outcome;
  return {
    failures,
    sinceMs: nowMs,
    untilMs: nowMs + restAfter(outcome, failures, random),
    trouble: { code, detail, isRefused: outcome.at === 'refused' },
  };
}

/** How many requests may be under way. @param atOnce as long as the cloud can be reached */
export function widthOf({ failures, untilMs }: Reach, nowMs: number, atOnce: number): number {
  if (failures === 0) return atOnce;
  return nowMs < untilMs ? 0 : 1;
}
