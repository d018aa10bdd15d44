import { z } from 'zod';
import type { CloudOutcome } from '../storage.ts';

export type Failed = Exclude<CloudOutcome, { at: 'done' }>;

// fetch says that it failed; why is in the cause.
const errorSchema = z.object({
  message: z.string().catch(''),
  cause: z
    .object({ code: z.string().optional().catch(undefined), message: z.string().catch('') })
    .optional()
    .catch(undefined),
});

const longestDetail = 240;
// A service that wants to be left alone for longer is asked again all the same.
const mostAfterMs = 3_600_000;
const busyStatuses: ReadonlySet<number> = new Set([408, 425, 429]);

/** @param error what fetch has thrown: no connection, one that ended or led elsewhere, or took too long */
export function outcomeOfError(error: unknown, token: string): Failed {
  const { success, data } = errorSchema.safeParse(error);
  const { message, cause } = success ? data : { message: String(error), cause: undefined };
  const told = [message, cause?.code, cause?.message].filter((part) => part !== undefined && part !== '').join(', ');
  // A header with such a token in it is refused with the whole of it.
  return { at: 'later', code: 'findme.unreachable', detail: told.replaceAll(token, '…').slice(0, longestDetail) };
}

/**
 * What an answer means that is no success. Nothing that the service says is repeated: it may have in it whom it was about.
 *
 * @param now milliseconds since 1970
 */
export function outcomeOfStatus(status: number, headers: Headers, now = Date.now()): Failed {
  const detail = `HTTP ${String(status)}`;
  // Hotels' and halls' networks answer in everybody's place, with a page for a person; and 511 says so (RFC 6585).
  const isPage = status < 500 && (headers.get('content-type') ?? '').startsWith('text/html');
  if (isPage || status === 407 || status === 511) return { at: 'later', code: 'findme.unreachable', detail };
  if (status === 401 || status === 403) return { at: 'refused', code: 'findme.not-allowed', detail };
  if (status < 400 || status >= 500 || busyStatuses.has(status)) {
    const afterMs = afterMsOf(headers, now);
    return { at: 'later', code: 'findme.failed', detail, ...(afterMs === undefined ? {} : { afterMs }) };
  }
  return { at: 'refused', code: 'findme.refused', detail };
}

/** Retry-After: seconds, or a time by the clock of whoever says it (RFC 9110, section 10.2.3). */
function afterMsOf(headers: Headers, now: number): number | undefined {
  const text = (headers.get('retry-after') ?? '').trim();
  if (text === '') return undefined;
  const theirs = Date.parse(headers.get('date') ?? '');
  const afterMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - (Number.isNaN(theirs) ? now : theirs);
  return Number.isNaN(afterMs) ? undefined : Math.min(Math.max(0, afterMs), mostAfterMs);
}
