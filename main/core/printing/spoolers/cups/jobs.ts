import type { JobState } from '../spooler.ts';
import { numberOf, textOf, textsOf } from './ippClient.ts';
import type { IppAttributes } from './ippMessage.ts';

/** What is asked of a job. */
export const jobAttributes = [
  ...['job-id', 'job-name', 'job-printer-uri', 'job-state', 'job-state-reasons', 'job-printer-state-message'],
  ...['job-impressions-completed', 'job-media-sheets-completed'],
  ...['time-at-processing', 'job-printer-up-time'],
] as const;

/** RFC 8011, section 5.3.7. */
export const jobStates = {
  pending: 3,
  held: 4,
  processing: 5,
  stopped: 6,
  canceled: 7,
  aborted: 8,
  completed: 9,
} as const;

/** A job as CUPS has it. */
export interface JobFacts {
  id: number;
  /** Its title. */
  name: string;
  printerUri: string;
  state: number;
  reasons: readonly string[];
  /** Sheets that CUPS was told of; by whom, it does not say [Note: Whose pages]. */
  sheets: number;
  /** For how long it has been, or was begun last, seconds; undefined where it never was: CUPS knows it, and it has not been let go. */
  begunAgoS: number | undefined;
  /** What its printer said last. */
  words: string;
}

// [Note: Whose pages] Filters and backends tell CUPS of a page with the same words (`PAGE: 1 1`, filter(7)), and it adds them up. A backend says it when the
// sheet is out. A filter says it when it begins to draw, be there paper or not: Gutenprint's does, and its backends for dye-subs say nothing. So a job that
// went wrong and has a page to its name tells what came out only where no filter of the driver's own is in between: CUPS' own are told to be silent.

/** Where a job is, or what has to be known before that can be said. */
export type Standing =
  | JobState
  /** A backend has given it back to be held until somebody lets it go again. */
  | { at: 'put-off' }
  /** Taken back, and its backend may still be at it. */
  | { at: 'stopping' }
  /** It ended badly, or is going to be begun again, and a page was told of; `otherwise` it is so. */
  | { at: 'perhaps-out'; otherwise: JobState }
  /** Filters failed. It stays so until somebody starts it again. */
  | { at: 'stuck' }
  /** Done, as CUPS has it, without a page; of a backend that was killed it says the same. */
  | { at: 'printed-untold' };

/** @returns undefined for what is no job */
export function jobFactsOf(attributes: IppAttributes): JobFacts | undefined {
  const id = numberOf(attributes, 'job-id');
  const state = numberOf(attributes, 'job-state');
  if (id === undefined || state === undefined) return undefined;
  const begunAt = numberOf(attributes, 'time-at-processing');
  const now = numberOf(attributes, 'job-printer-up-time');
  return {
    id,
    name: textOf(attributes, 'job-name') ?? '',
    printerUri: textOf(attributes, 'job-printer-uri') ?? '',
    state,
    reasons: textsOf(attributes, 'job-state-reasons'),
    sheets: Math.max(
      numberOf(attributes, 'job-impressions-completed') ?? 0,
      numberOf(attributes, 'job-media-sheets-completed') ?? 0,
    ),
    begunAgoS: begunAt === undefined ? undefined : Math.max(0, (now ?? begunAt) - begunAt),
    words: textOf(attributes, 'job-printer-state-message') ?? '',
  };
}

export function standingOf(job: JobFacts): Standing {
  const wasBegun = job.begunAgoS !== undefined;
  const hasPage = job.sheets > 0;
  switch (job.state) {
    case jobStates.held: {
      if (!wasBegun) return { at: 'held' };
      // CUPS lets a job go again by itself after its JobRetryInterval; one that the backend put off it does not.
      const isPutOff = job.reasons.includes('job-hold-until-specified');
      if (hasPage && !isPutOff) return { at: 'perhaps-out', otherwise: { at: 'waiting' } };
      return { at: isPutOff ? 'put-off' : 'waiting' };
    }
    case jobStates.pending:
      return wasBegun && hasPage ? { at: 'perhaps-out', otherwise: { at: 'waiting' } } : { at: 'waiting' };
    case jobStates.processing:
      return { at: 'printing' };
    case jobStates.stopped:
      return { at: 'stuck' };
    case jobStates.canceled:
      // Says that of many a job that is over, too.
      if (wasBegun && job.reasons.includes('processing-to-stop-point')) return { at: 'stopping' };
      return hasPage ? { at: 'perhaps-out', otherwise: { at: 'unknown' } } : { at: 'cancelled' };
    case jobStates.aborted:
      return hasPage ? { at: 'perhaps-out', otherwise: { at: 'unknown' } } : { at: 'failed', detail: job.words };
    case jobStates.completed:
      return hasPage ? { at: 'printed' } : { at: 'printed-untold' };
    default:
      return { at: 'unknown' };
  }
}

/**
 * Whether a page that CUPS was told of is a sheet that came out [Note: Whose pages].
 *
 * @param ppd of the printer; undefined where it has none, and so no filter either
 */
export function isToldByPrinter(ppd: string | undefined): boolean {
  if (ppd === undefined) return true;
  // `*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"`: the last word is the program, and `-` is none.
  const filters = [...ppd.matchAll(/^\*cupsFilter2?:\s*"([^"]*)"/gm)].map(([, filter = '']) => filter.trim());
  return filters.length > 0 && filters.every((filter) => filter.endsWith(' -') && filter.includes('application/pdf'));
}
