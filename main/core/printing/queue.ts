import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { fail, ok, type Fault, type Result } from '../../../preload/index.ts';
import type { PrintSheetRow, SheetChange, Store } from '../store/index.ts';
import type { DrawnPage, Pages } from './pages.ts';
import { blockerOf, type KnownPrinter, type Printers } from './printers.ts';
import { isStillResting, restAfter, restUntil } from './rests.ts';
import type { JobState, Media, Spooler } from './spoolers/index.ts';

/**
 * Brings the sheets to the printers, one at a time to each, in the order in which they were asked for. What becomes of a sheet is written down at each
 * step, so that whoever goes on after a crash knows what is where.
 */
export interface Queue {
  start(): void;
  /** There is something to do now. */
  wake(): void;
  /** Why nothing moves, where that is so. */
  standstill(): Fault | undefined;
  /** Takes a sheet from where it is, if it has not come out. @returns print.not-now where it is coming out */
  takeBack(sheet: PrintSheetRow): Promise<Result<void>>;
  stop(): Promise<void>;
}

const soonMs = 500;
const quietMs = 4_000;
/** A sheet that is stuck goes to another printer, if one is free. */
const patienceMs = 45_000;
/** A printer that has stopped with a sheet of ours is started again after so long, and then less and less often. */
const resumeMs = { first: 5_000, most: 120_000 };

/**
 * @param deps.mediaFor the paper that a page of this template is printed on
 * @param deps.onChanged a sheet is in another state now
 */
export function createQueue(deps: {
  store: Store;
  spooler: Spooler;
  printers: Printers;
  pages: Pages;
  mediaFor: (templateId: string, printer: KnownPrinter) => Media | undefined;
  onChanged: (orderId: string) => void;
  log: Logger;
}): Queue {
  const { store, spooler, printers, pages, mediaFor, onChanged, log } = deps;
  const { prints } = store;
  const stopping = new AbortController();
  /** Since when a sheet's printer does not go on with it. */
  const stuckSince = new Map<number, number>();
  /** When a printer that has stopped is to be started again, and after how long the next time. */
  const resumptions = new Map<string, { atMs: number; nextMs: number }>();
  /** Failures in a row; a printer that spoils sheets gets no more of them for a while. */
  const failures = new Map<string, { count: number; untilMs: number }>();
  /** A job may have arrived although we were not told: held, and nobody's. */
  let mayHaveStrays = true;
  let waking = new AbortController();
  let running: Promise<void> | undefined;
  /** One thing at a time: a crew that takes a sheet back waits for the turn that is under way. */
  let turn: Promise<unknown> = Promise.resolve();

  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  };

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      waking = new AbortController();
      const hasMore = await alone(takeTurn).catch((error: unknown) => {
        log.error({ err: error }, 'the print queue');
        return false;
      });
      const pause = AbortSignal.any([waking.signal, stopping.signal]);
      await sleep(hasMore ? soonMs : quietMs, undefined, { signal: pause }).catch(() => undefined);
    }
  }

  /** @returns whether sheets are under way */
  async function takeTurn(): Promise<boolean> {
    await printers.refresh();
    const inFlight = prints.inFlight();
    if (printers.fault() !== undefined) return inFlight.length > 0;
    if (mayHaveStrays) mayHaveStrays = !(await spooler.cancelHeldExcept(inFlight.flatMap(({ job }) => job ?? []))).ok;
    for (const sheet of inFlight) await follow(sheet);
    await handOut();
    return prints.inFlight().length > 0;
  }

  function change(sheet: PrintSheetRow, to: SheetChange): Result<void> {
    const changed = prints.change(sheet.id, to);
    if (!changed.ok) {
      log.error({ fault: changed.fault, sheet: sheet.id }, 'what became of a sheet cannot be written down');
      return changed;
    }
    const { state, printer, job } = to;
    log.debug({ sheet: sheet.id, state, printer, job }, 'a sheet');
    if (state !== sheet.state) stuckSince.delete(sheet.id);
    onChanged(sheet.orderId);
    return changed;
  }

  /** What has become of a sheet that a printer has. */
  async function follow(sheet: PrintSheetRow): Promise<void> {
    const { job, printer } = sheet;
    if (job === undefined || printer === undefined) {
      // It was cut off before it was known to have arrived: if it has, it is held there, and is taken back.
      change(sheet, { state: 'waiting' });
      return;
    }
    const asked = await spooler.job(job);
    if (!asked.ok) return;
    const at = asked.value;
    switch (at.at) {
      case 'held':
        // Once it was let go it cannot be held, unless the spooler has lost what it knew: it may have come out.
        if (sheet.state === 'released') settle(sheet, printer, { at: 'unknown' });
        else await letGo(sheet, job, printer);
        return;
      case 'waiting':
      case 'printing':
        if (sheet.state === 'held') change(sheet, { state: 'released', printer, job });
        await mindPrinter(sheet, job, printer);
        return;
      case 'printed':
      case 'untold':
      case 'cancelled':
      case 'failed':
      case 'unknown':
        settle(sheet, printer, at);
        return;
    }
  }

  async function letGo(sheet: PrintSheetRow, job: string, printer: string): Promise<void> {
    const released = await spooler.release(job);
    if (!released.ok) {
      // Where jobs are followed, the next turn sees.
      if (spooler.followsJobs) return;
      const asked = await spooler.job(job);
      settle(sheet, printer, asked.ok ? asked.value : { at: 'unknown' });
      return;
    }
    if (spooler.followsJobs) change(sheet, { state: 'released', printer, job });
    else settle(sheet, printer, { at: 'printed' });
  }

  /** The spooler has nothing more to do with it. */
  function settle(sheet: PrintSheetRow, printer: string, at: JobState): void {
    switch (at.at) {
      case 'printed':
        failures.delete(printer);
        resumptions.delete(printer);
        change(sheet, { state: 'printed', printer });
        return;
      case 'failed': {
        const count = (failures.get(printer)?.count ?? 0) + 1;
        failures.set(printer, { count, untilMs: performance.now() + restAfter(count) });
        const tries = sheet.tries + 1;
        log.warn({ sheet: sheet.id, printer, tries, detail: at.detail }, 'a sheet came to nothing');
        const fault = faultOf('print.sheet-failed', at.detail);
        change(sheet, { state: 'waiting', tries, restsUntil: restUntil(tries), fault });
        return;
      }
      // Until the crew has found such sheets a few times: then the printer is one that says nothing.
      case 'untold':
        if (printers.isSilent(printer)) settle(sheet, printer, { at: 'printed' });
        else change(sheet, { state: 'unclear', printer, fault: { code: 'print.outcome-untold' } });
        return;
      // Somebody has cancelled it in the system, or the system knows nothing of it: the crew says what became of it.
      case 'cancelled':
      case 'unknown':
        // Where it is still held, it is not to come out later on.
        mayHaveStrays = true;
        change(sheet, { state: 'unclear', printer, fault: { code: 'print.outcome-unclear' } });
        return;
      case 'held':
      case 'waiting':
      case 'printing':
        return;
    }
  }

  /** A printer that does not go on: started again where it has stopped, and where that is of no help the sheet goes elsewhere. */
  async function mindPrinter(sheet: PrintSheetRow, job: string, name: string): Promise<void> {
    const printer = printers.find(name);
    const blocker = printer === undefined ? { code: 'printer.missing' as const } : blockerOf(printer);
    if (blocker === undefined) {
      stuckSince.delete(sheet.id);
      return;
    }
    const nowMs = performance.now();
    if (!stuckSince.has(sheet.id)) {
      stuckSince.set(sheet.id, nowMs);
      onChanged(sheet.orderId);
    }
    if (printer?.state === 'stopped' && !printer.isPaused) await startAgain(name, nowMs);
    const isStuck = nowMs - (stuckSince.get(sheet.id) ?? nowMs) > patienceMs;
    if (!isStuck || freeFor(sheet).every((other) => other.name === name || blockerOf(other) !== undefined)) return;
    const taken = await spooler.cancel(job);
    if (!taken.ok) return;
    if (taken.value.at === 'cancelled') change(sheet, { state: 'waiting' });
    else settle(sheet, name, taken.value);
  }

  async function startAgain(name: string, nowMs: number): Promise<void> {
    const { atMs, nextMs } = resumptions.get(name) ?? { atMs: nowMs + resumeMs.first, nextMs: 2 * resumeMs.first };
    if (nowMs >= atMs) await spooler.resume(name);
    resumptions.set(
      name,
      nowMs >= atMs ? { atMs: nowMs + nextMs, nextMs: Math.min(2 * nextMs, resumeMs.most) } : { atMs, nextMs },
    );
  }

  /** Those that have no sheet, and may get one. */
  function freePrinters(): KnownPrinter[] {
    const busy = new Set(prints.inFlight().map(({ printer }) => printer));
    return printers
      .inUse()
      .filter(
        ({ name, isPaused, isAccepting, state }) => !isPaused && isAccepting && state !== 'stopped' && !busy.has(name),
      );
  }

  /** Printers that could take the sheet now, the best first. */
  function freeFor(sheet: PrintSheetRow): KnownPrinter[] {
    const template = prints.order(sheet.orderId)?.template;
    const before = prints.sheetsOf(sheet.orderId).findLast(({ state }) => state !== 'waiting')?.printer;
    return freePrinters()
      .filter((printer) => template !== undefined && mediaFor(template, printer) !== undefined)
      .sort((a, b) => rank(a) - rank(b) || Number(b.name === before) - Number(a.name === before));
  }

  /** One that works comes before one that may. */
  const rank = (printer: KnownPrinter): number =>
    Number(blockerOf(printer) !== undefined) + Number((failures.get(printer.name)?.untilMs ?? 0) > performance.now());

  async function handOut(): Promise<void> {
    for (const sheet of prints.waiting()) {
      // However many wait.
      if (freePrinters().length === 0) return;
      if (isStillResting(sheet.restsUntil)) continue;
      // Where the crew wants it, as long as that is a printer of the booth's.
      const wanted = sheet.printer !== undefined && printers.find(sheet.printer)?.isUsed === true && sheet.printer;
      const printer = freeFor(sheet).find(({ name }) => wanted === false || name === wanted);
      if (printer === undefined || isResting(printer)) continue;
      await handOver(sheet, printer);
    }
  }

  /** It has just spoiled a sheet, or lacks something while another printer, though busy, does not. */
  function isResting(printer: KnownPrinter): boolean {
    if ((failures.get(printer.name)?.untilMs ?? 0) > performance.now()) return true;
    const isAnyWell = printers.inUse().some((other) => blockerOf(other) === undefined && !other.isPaused);
    return blockerOf(printer) !== undefined && isAnyWell;
  }

  async function handOver(sheet: PrintSheetRow, printer: KnownPrinter): Promise<void> {
    const order = prints.order(sheet.orderId);
    const media = order && mediaFor(order.template, printer);
    if (order === undefined || media === undefined) return;
    const page = await pages.ofOrder(order);
    if (!page.ok) {
      rest(sheet, page.fault);
      return;
    }
    if (!change(sheet, { state: 'handing-over', printer: printer.name }).ok) return;
    const submitted = await spooler.submit(printer.name, documentOf(sheet, page.value, media));
    if (!submitted.ok) {
      mayHaveStrays = true;
      rest(sheet, submitted.fault);
      return;
    }
    const { job } = submitted.value;
    if (change(sheet, { state: 'held', printer: printer.name, job }).ok) await letGo(sheet, job, printer.name);
  }

  const documentOf = (sheet: PrintSheetRow, page: DrawnPage, media: Media) => ({
    title: `${sheet.orderId.slice(0, 8)}-${String(sheet.number)}`,
    picture: pages.fileOf(page.spec.pageId),
    widthMm: page.widthMm,
    heightMm: page.heightMm,
    media,
  });

  function rest(sheet: PrintSheetRow, fault: Fault): void {
    const tries = sheet.tries + 1;
    log.warn({ sheet: sheet.id, fault, tries }, 'a sheet cannot be handed over');
    change(sheet, { state: 'waiting', tries, restsUntil: restUntil(tries), fault });
  }

  return {
    start: () => void (running ??= run()),
    wake: () => waking.abort(),

    standstill: () => {
      const fault = printers.fault();
      if (fault !== undefined) return fault;
      const all = printers.inUse();
      if (all.some((printer) => !printer.isPaused && blockerOf(printer) === undefined)) return undefined;
      const first = all.at(0);
      return first === undefined ? { code: 'print.no-printer' } : (blockerOf(first) ?? { code: 'printer.stopped' });
    },

    takeBack: (sheet) =>
      alone(async () => {
        const now = prints.sheet(sheet.id);
        if (now?.job === undefined || now.printer === undefined) return ok(undefined);
        if (now.state !== 'held' && now.state !== 'released') return ok(undefined);
        const taken = await spooler.cancel(now.job);
        if (!taken.ok) return taken;
        if (taken.value.at === 'cancelled') return change(now, { state: 'waiting' });
        settle(now, now.printer, taken.value);
        return taken.value.at === 'failed' ? ok(undefined) : fail('print.not-now');
      }),

    stop: async () => {
      stopping.abort();
      await running;
      await turn;
    },
  };
}

const faultOf = (code: Fault['code'], detail: string): Fault => (detail === '' ? { code } : { code, detail });
