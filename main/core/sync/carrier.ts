import type { OutboxRow } from '../store/index.ts';
import type { CloudOutcome, Pace } from './storage.ts';

/** What became of a row; where it was put somewhere, what lies there now. */
export interface Carried {
  outcome: CloudOutcome;
  content?: { sha256: string; sizeBytes: number };
}

/** Brings rows of the outbox to one place: a bucket, a service, a mail server. One that cannot be reached holds up no other. */
export interface Carrier {
  /**
   * Does what a row tells of, once. Done before already, it is done again to no harm, or found to be done.
   *
   * @param signal cuts it off: nobody waits for the outcome then, and the row is tried again
   * @param pace where bytes are many, so that the line is left to others, too
   */
  carry(row: OutboxRow, signal: AbortSignal, pace: Pace): Promise<Carried>;
  /** Whether the place can be reached and lets us in: asked before the first row after a failure. */
  check(): Promise<CloudOutcome>;
  close(): void;
}
