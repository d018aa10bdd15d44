// CUPS, as the booth prints with it: documents are handed over by its own program `lp`, all else is asked over IPP.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { fail, ok, type Result } from '../../../../../preload/index.ts';
import { printDocumentPdf } from '../document.ts';
import type { JobState, Printer, Spooler } from '../spooler.ts';
import { createIppClient, ippStatus, isDone, numberOf, textOf, wordsOf } from './ippClient.ts';
import { groupTags, type IppAnswer, type IppAttribute, type IppAttributes } from './ippMessage.ts';
import { isToldByPrinter, jobAttributes, jobFactsOf, jobStates, standingOf, type JobFacts } from './jobs.ts';
import { lp } from './lp.ts';
import { printerAttributes, printerOf, printerStates } from './printerLook.ts';
import { addressForPrograms, createCupsServer, cupsAddress } from './server.ts';

const answerDeadlineMs = 5_000;
/** How long a job that was taken back may take to end before we say where it is all the same. */
const cancelPatienceMs = 5_000;
const cancelPollMs = 100;
// CUPS waits as long with those that it tries again itself.
const usualPutOffS = 30;
/** IPP has so much room for a title, bytes. */
const longestTitle = 255;
/** Of jobs that are over, how many are looked at to learn whether their printer tells of pages. */
const historyLength = 50;

/**
 * A spooler over CUPS.
 *
 * @param deps.owner tells this booth's jobs from those of others on the same server; letters, digits and hyphens
 * @param deps.server where it is, as CUPS_SERVER has it; by that variable, or this machine's own, if not given
 * @param deps.putOffS how long a job that its backend put off waits for somebody to see to the printer, seconds
 */
export function createCupsSpooler(deps: { owner: string; log: Logger; server?: string; putOffS?: number }): Spooler {
  const { owner, log, putOffS = usualPutOffS } = deps;
  if (!/^[\w-]+$/.test(owner)) throw new RangeError(`no owner of jobs: ${owner}`);
  const mark = `FindMe ${owner} `;
  const address = () => cupsAddress(deps.server ?? process.env['CUPS_SERVER']);
  const server = createCupsServer(address, answerDeadlineMs);
  const user = userName();
  const ipp = createIppClient(server, user);

  return {
    followsJobs: true,
    printers,
    submit,
    release,
    job,
    cancel,
    cancelHeldExcept,
    resume,
  };

  async function printers(): Promise<Result<Printer[]>> {
    const [listed, standard] = await Promise.all([
      ipp.ask('getPrinters', [requested(printerAttributes)]),
      ipp.ask('getDefault', [requested(['printer-name'])]),
    ]);
    if (!listed.ok) return listed;
    // Where there are none, that is what cannot be found.
    if (!isDone(listed.value) && listed.value.status !== ippStatus.notFound)
      return fail('print.spooler-unreachable', wordsOf(listed.value));
    const first = standard.ok ? groupsOf(standard.value, groupTags.printer).at(0) : undefined;
    const defaultName = first && textOf(first, 'printer-name');
    return ok(
      groupsOf(listed.value, groupTags.printer).flatMap((attributes) => printerOf(attributes, defaultName) ?? []),
    );
  }

  async function submit(printer: string, document: Parameters<Spooler['submit']>[1]): Promise<Result<{ job: string }>> {
    // What lp would take for something else than a printer's name (lpadmin(8)).
    if (!/^[^-\s/#\p{C}][^\s/#\p{C}]*$/u.test(printer)) return fail('printer.missing', printer);
    const title = titleOf(mark, document.title);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'findme-print-'));
    try {
      const file = path.join(folder, 'sheet.pdf');
      await writeFile(file, await printDocumentPdf(document));
      const outcome = await lp({
        ...{ printer, title, media: document.media.name, file, user },
        server: addressForPrograms(address()),
        deadlineMs: answerDeadlineMs,
      });
      switch (outcome.is) {
        case 'taken':
          return ok({ job: `${String(outcome.id)} ${title}` });
        case 'overdue':
          return fail('print.spooler-unreachable', 'lp does not come to an end');
        case 'refused':
          log.warn({ printer, words: outcome.words }, 'a document was refused');
          return await whyRefused(printer, outcome.words);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** `lp` says it in words only. */
  async function whyRefused(printer: string, words: string): Promise<Result<never>> {
    const answer = await ipp.ask('getPrinterAttributes', [uriOf(printer), requested(['printer-name'])]);
    if (!answer.ok) return answer;
    return answer.value.status === ippStatus.notFound ? fail('printer.missing', printer) : fail('print.refused', words);
  }

  async function release(named: string): Promise<Result<void>> {
    const facts = await factsOf(named);
    if (!facts.ok) return facts;
    if (facts.value === undefined) return fail('print.refused', 'the spooler does not know the job');
    if (standingOf(facts.value).at !== 'held') return ok(undefined);
    return letGo(facts.value);
  }

  async function letGo({ id }: JobFacts): Promise<Result<void>> {
    const answer = await ipp.ask('releaseJob', [jobUri(id)]);
    if (!answer.ok) return answer;
    // Somebody else may have been quicker.
    return isDone(answer.value) || answer.value.status === ippStatus.notPossible
      ? ok(undefined)
      : fail('print.refused', wordsOf(answer.value));
  }

  async function job(named: string): Promise<Result<JobState>> {
    const facts = await factsOf(named);
    if (!facts.ok) return facts;
    return facts.value === undefined ? ok({ at: 'unknown' }) : whereIs(facts.value);
  }

  async function whereIs(facts: JobFacts): Promise<Result<JobState>> {
    const standing = standingOf(facts);
    switch (standing.at) {
      case 'put-off':
        // Nobody else will: it goes on by itself once the printer has been seen to.
        if ((facts.begunAgoS ?? 0) < putOffS) return ok({ at: 'waiting' });
        return ifDone(await letGo(facts), { at: 'waiting' });
      case 'stopping': {
        const isAtIt = await isBackendAtIt(facts);
        if (!isAtIt.ok) return isAtIt;
        if (isAtIt.value) return ok({ at: 'printing' });
        return whereIs({ ...facts, reasons: [] });
      }
      case 'perhaps-out': {
        const isOut = await tellsOfSheets(facts);
        if (!isOut.ok) return isOut;
        if (!isOut.value) return ok(standing.otherwise);
        // It is not to come out once more.
        return standing.otherwise.at === 'waiting'
          ? ifDone(await take(facts.id), { at: 'printed' })
          : ok({ at: 'printed' });
      }
      case 'stuck': {
        const taken = await take(facts.id);
        return taken.ok ? whereIs({ ...facts, state: jobStates.aborted }) : taken;
      }
      case 'printed-untold': {
        const hasHistory = await hasToldOfPages(facts);
        return hasHistory.ok ? ok({ at: hasHistory.value ? 'unknown' : 'untold' }) : hasHistory;
      }
      case 'held':
      case 'waiting':
      case 'printing':
      case 'printed':
      case 'untold':
      case 'cancelled':
      case 'failed':
      case 'unknown':
        return ok(standing);
    }
  }

  async function cancel(named: string): Promise<Result<JobState>> {
    const facts = await factsOf(named);
    if (!facts.ok) return facts;
    if (facts.value === undefined) return ok({ at: 'unknown' });
    const taken = await take(facts.value.id);
    if (!taken.ok) return taken;
    for (const untilMs = performance.now() + cancelPatienceMs; ;) {
      const where = await job(named);
      if (!where.ok || isOver(where.value) || performance.now() >= untilMs) return where;
      await sleep(cancelPollMs);
    }
  }

  /** Also one that is over: it is as it was. */
  async function take(id: number): Promise<Result<void>> {
    const answer = await ipp.ask('cancelJob', [jobUri(id)]);
    if (!answer.ok) return answer;
    const { status } = answer.value;
    const isOverAlready =
      status === ippStatus.notPossible || status === ippStatus.notFound || status === ippStatus.gone;
    return isDone(answer.value) || isOverAlready ? ok(undefined) : fail('print.refused', wordsOf(answer.value));
  }

  async function cancelHeldExcept(known: readonly string[]): Promise<Result<void>> {
    const listed = await jobsOf('ipp://localhost/', 'not-completed');
    if (!listed.ok) return listed;
    const strays = listed.value.filter(
      (facts) => facts.name.startsWith(mark) && standingOf(facts).at === 'held' && !known.includes(nameOf(facts)),
    );
    for (const { id } of strays) {
      const taken = await take(id);
      if (!taken.ok) return taken;
    }
    if (strays.length > 0) log.info({ jobs: strays.length }, 'held jobs that nobody knew of were taken back');
    return ok(undefined);
  }

  async function resume(printer: string): Promise<Result<void>> {
    const answer = await ipp.ask('resumePrinter', [uriOf(printer)]);
    if (!answer.ok) return answer;
    if (answer.value.status === ippStatus.notFound) return fail('printer.missing', printer);
    return isDone(answer.value) ? ok(undefined) : fail('print.refused', wordsOf(answer.value));
  }

  /** @returns undefined where it does not know the job; a server that was set up anew gives its number to another one */
  async function factsOf(named: string): Promise<Result<JobFacts | undefined>> {
    const id = Number(/^\d+(?= )/.exec(named)?.[0]);
    if (!Number.isSafeInteger(id)) return ok(undefined);
    const answer = await ipp.ask('getJobAttributes', [jobUri(id), requested(jobAttributes)]);
    if (!answer.ok) return answer;
    const { status } = answer.value;
    if (status === ippStatus.notFound || status === ippStatus.gone) return ok(undefined);
    if (!isDone(answer.value)) return fail('print.spooler-unreachable', wordsOf(answer.value));
    const attributes = groupsOf(answer.value, groupTags.job).at(0);
    const facts = attributes && jobFactsOf(attributes);
    return ok(facts !== undefined && nameOf(facts) === named ? facts : undefined);
  }

  /** Whether the backend of a job that was taken back is still at it: its printer is busy, and with no other job. */
  async function isBackendAtIt({ printerUri }: JobFacts): Promise<Result<boolean>> {
    const answer = await ipp.ask('getPrinterAttributes', [printerUriOf(printerUri), requested(['printer-state'])]);
    if (!answer.ok) return answer;
    const printer = groupsOf(answer.value, groupTags.printer).at(0);
    if (printer === undefined || numberOf(printer, 'printer-state') !== printerStates.processing) return ok(false);
    const others = await jobsOf(printerUri, 'not-completed');
    return others.ok ? ok(!others.value.some(({ state }) => state === jobStates.processing)) : others;
  }

  /** [Note: Whose pages] */
  async function tellsOfSheets({ printerUri }: JobFacts): Promise<Result<boolean>> {
    try {
      const { httpStatus, body } = await server.get(`${pathOf(printerUri)}.ppd`);
      return ok(isToldByPrinter(httpStatus === 200 ? body.toString('latin1') : undefined));
    } catch (error) {
      return fail('print.spooler-unreachable', error instanceof Error ? error.message : String(error));
    }
  }

  /** Whether other jobs of the same printer have had pages: there are printers of which nobody tells any. */
  async function hasToldOfPages({ printerUri }: JobFacts): Promise<Result<boolean>> {
    const done = await jobsOf(printerUri, 'completed');
    return done.ok ? ok(done.value.some(({ state, sheets }) => state === jobStates.completed && sheets > 0)) : done;
  }

  async function jobsOf(printerUri: string, which: 'completed' | 'not-completed'): Promise<Result<JobFacts[]>> {
    const answer = await ipp.ask('getJobs', [
      printerUriOf(printerUri),
      { name: 'which-jobs', type: 'keyword', values: [which] },
      ...(which === 'completed' ? [{ name: 'limit', type: 'integer', values: [historyLength] } as const] : []),
      requested(jobAttributes),
    ]);
    if (!answer.ok) return answer;
    return ok(groupsOf(answer.value, groupTags.job).flatMap((attributes) => jobFactsOf(attributes) ?? []));
  }
}

const ifDone = (done: Result<void>, where: JobState): Result<JobState> => (done.ok ? ok(where) : done);

const isOver = ({ at }: JobState): boolean => at !== 'held' && at !== 'waiting' && at !== 'printing';

/** What a job is called from here on: by its number CUPS finds it, by its title we know that it is ours. */
const nameOf = ({ id, name }: JobFacts): string => `${String(id)} ${name}`;

/** CUPS takes no control characters, and what others write with depends on the system's locale: those are lost. */
function titleOf(mark: string, title: string): string {
  return `${mark}${title.replace(/[^\x20-\x7e]+/g, '_')}`.slice(0, longestTitle).trimEnd();
}

/** As CUPS' own programs have it. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return 'unknown'; // A user without a name: in a container, say.
  }
}

const requested = (names: readonly string[]): IppAttribute => ({
  name: 'requested-attributes',
  type: 'keyword',
  values: names,
});

const jobUri = (id: number): IppAttribute => ({
  name: 'job-uri',
  type: 'uri',
  values: [`ipp://localhost/jobs/${String(id)}`],
});

const printerUriOf = (uri: string): IppAttribute => ({ name: 'printer-uri', type: 'uri', values: [uri] });

const uriOf = (printer: string): IppAttribute =>
  printerUriOf(`ipp://localhost/printers/${encodeURIComponent(printer)}`);

/** `/printers/NAME` of `ipp://HOST:PORT/printers/NAME`. */
const pathOf = (uri: string): string => uri.replace(/^[a-z]+:\/\/[^/]*/, '');

const groupsOf = ({ groups }: IppAnswer, tag: number): IppAttributes[] =>
  groups.filter((group) => group.tag === tag).map(({ attributes }) => attributes);
