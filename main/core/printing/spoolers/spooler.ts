import type { Fault, FaultCode, Result } from '../../../../preload/index.ts';

// [Note: Held jobs] A sheet comes out once, whoever dies when. A document is handed over held: the spooler has it and prints nothing. Then its job is
// written down, and only then let go. Whoever dies before that leaves a held job that nobody knows of, which never prints; whoever dies after it knows at
// the next start which job to ask for.

/** Paper that a printer takes. */
export interface Media {
  /** The spooler's own name of it. */
  name: string;
  /** Held upright: the shorter side first. */
  widthMm: number;
  heightMm: number;
}

export type PrinterTrouble = Extract<FaultCode, `printer.${string}`>;

export interface Printer {
  name: string;
  label: string;
  isDefault: boolean;
  /** `stopped`: it prints nothing until it is started. */
  state: 'idle' | 'printing' | 'stopped';
  /** Most pressing first; those that it prints with all the same (paper-low, ribbon-low) come last. */
  troubles: Fault[];
  supplies: { name: string; percent?: number }[];
  /** How many sheets it says are left. */
  sheetsLeft?: number;
  /** Whether jobs may be handed over. */
  isAccepting: boolean;
  media: Media[];
  dpi: number;
}

/** What a spooler says of a job. */
export type JobState =
  /** Not let go yet. */
  | { at: 'held' }
  | { at: 'waiting' }
  | { at: 'printing' }
  | { at: 'printed' }
  /** Done, as the spooler has it, of a printer that has never told of a sheet: it prints and says nothing, or its program was killed. */
  | { at: 'untold' }
  /** Nothing came out, and nothing will. */
  | { at: 'cancelled' }
  | { at: 'failed'; detail: string }
  /** It does not know the job: it was set up anew, say. What became of the sheet cannot be known. */
  | { at: 'unknown' };

/** A page as it is handed over. */
export interface PrintDocument {
  /** Nobody else's; by it a job can be told from others. No person's name. */
  title: string;
  /** JPEG of the whole sheet, as it is looked at. */
  picture: string;
  /** As it is looked at: wider than high for a sheet that lies. */
  widthMm: number;
  heightMm: number;
  media: Media;
}

export interface Spooler {
  /** Whether a job can be asked for after it was handed over; where not, whatever was handed over counts as printed. */
  readonly followsJobs: boolean;
  /** print.spooler-unreachable */
  printers(): Promise<Result<Printer[]>>;
  /** Hands a document over [Note: Held jobs]. print.refused, print.spooler-unreachable, printer.missing */
  submit(printer: string, document: PrintDocument): Promise<Result<{ job: string }>>;
  /** Lets it go; once is enough, twice does no harm. */
  release(job: string): Promise<Result<void>>;
  /** Where it is by now. */
  job(job: string): Promise<Result<JobState>>;
  /** Takes it back, if that can still be done. @returns where it is then */
  cancel(job: string): Promise<Result<JobState>>;
  /** Takes back all held jobs of ours but these: nobody knows of them. */
  cancelHeldExcept(jobs: readonly string[]): Promise<Result<void>>;
  /** Starts a printer that has stopped. */
  resume(printer: string): Promise<Result<void>>;
}
