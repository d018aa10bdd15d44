import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { fail, ok, type Result } from '../../../../preload/index.ts';
import type { HostPrinters, PrintOutcome } from '../../../processes/index.ts';
import { printerOf } from './hostPrinterLook.ts';
import type { JobState, PrintDocument, Spooler } from './spooler.ts';

interface Job {
  printer: string;
  document: PrintDocument;
  state: JobState;
  /** What became of letting it go, which is done once. */
  released: Promise<Result<void>> | undefined;
}

/**
 * Prints through shell, with what the system has. Such a system holds nothing for us and tells nothing of a job once it has it: a document is held here, in
 * memory, until it is let go, and counts as printed as soon as the system has it. The next core knows of no job: what was not settled by then, the crew is
 * asked about. A printer that has stopped is started by hand.
 */
export function createHostSpooler({ printers, log }: { printers: HostPrinters; log: Logger }): Spooler {
  const jobs = new Map<string, Job>();

  async function letGo(job: Job): Promise<Result<void>> {
    const { printer, document } = job;
    job.state = { at: 'printing' };
    const outcome = await printers.print({
      printer,
      title: document.title,
      file: document.picture,
      paper: { widthMm: document.media.widthMm, heightMm: document.media.heightMm },
      picture: { widthMm: document.widthMm, heightMm: document.heightMm },
    });
    job.state = stateAfter(outcome);
    if (outcome.at !== 'spooled') log.warn({ printer, title: document.title, outcome }, 'the system did not print');
    return resultOf(outcome, printer);
  }

  const stateOf = (job: string): JobState => jobs.get(job)?.state ?? { at: 'unknown' };

  return {
    followsJobs: false,

    printers: async () => {
      const listed = await printers.list();
      return listed === undefined
        ? fail('print.spooler-unreachable')
        : ok(listed.filter(({ name }) => name !== '').map(printerOf));
    },

    submit: async (printer, document) => {
      const listed = await printers.list();
      if (listed === undefined) return fail('print.spooler-unreachable');
      if (!listed.some(({ name }) => name === printer)) return fail('printer.missing', printer);
      // No core before this one has had a job of that name.
      const job = randomUUID();
      jobs.set(job, { printer, document, state: { at: 'held' }, released: undefined });
      return ok({ job });
    },

    release: (id) => {
      const job = jobs.get(id);
      if (job === undefined) return Promise.resolve(fail('print.outcome-unclear'));
      if (job.state.at === 'cancelled') return Promise.resolve(fail('print.not-now'));
      job.released ??= letGo(job);
      return job.released;
    },

    job: (job) => Promise.resolve(ok(stateOf(job))),

    cancel: (id) => {
      const job = jobs.get(id);
      if (job?.state.at === 'held') job.state = { at: 'cancelled' };
      return Promise.resolve(ok(stateOf(id)));
    },

    cancelHeldExcept: (known) => {
      for (const [id, { state }] of jobs) if (state.at === 'held' && !known.includes(id)) jobs.delete(id);
      return Promise.resolve(ok(undefined));
    },

    resume: (printer) => Promise.resolve(fail('printer.stopped', printer)),
  };
}

function stateAfter(outcome: PrintOutcome): JobState {
  switch (outcome.at) {
    case 'spooled':
      return { at: 'printed' };
    case 'no-printer':
      return { at: 'failed', detail: 'no such printer' };
    case 'failed':
      return outcome;
    case 'unclear':
      return { at: 'unknown' };
  }
}

function resultOf(outcome: PrintOutcome, printer: string): Result<void> {
  switch (outcome.at) {
    case 'spooled':
      return ok(undefined);
    case 'no-printer':
      return fail('printer.missing', printer);
    case 'failed':
      return fail('print.refused', outcome.detail);
    case 'unclear':
      return fail('print.outcome-unclear');
  }
}
