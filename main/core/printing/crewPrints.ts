import {
  fail,
  ok,
  type Fault,
  type PrinterLook,
  type Result,
  type StaffOrder,
  type TemplateLook,
  type Voucher,
} from '../../../preload/index.ts';
import type { Events } from '../events/index.ts';
import type { PrintOrderRow, Store } from '../store/index.ts';
import type { News } from './news.ts';
import type { Orders } from './orders.ts';
import type { DrawnPage, Pages } from './pages.ts';
import { blockerOf, type Printers } from './printers.ts';
import type { Queue } from './queue.ts';
import type { Spooler } from './spoolers/index.ts';
import { staffOrderOf } from './staffOrder.ts';
import { lookOf, type Template, type TemplateProblem } from './templates/index.ts';

/** What the crew sees of the prints, and does about them. */
export interface CrewPrints {
  overview(eventId: number): {
    printers: PrinterLook[];
    fault: Fault | undefined;
    orders: StaffOrder[];
    templates: TemplateLook[];
    problems: TemplateProblem[];
    printed: number;
    waiting: number;
  };
  /** Whether the booth prints with it. */
  use: (printer: string, isUsed: boolean) => Result<void>;
  /** Going on starts it, too, where it has stopped. */
  pause(printer: string, isPaused: boolean): Promise<Result<void>>;
  /** The same sheet once more. @returns the new order's id; print.order-unknown, print.page-unknown */
  again(orderId: string, copies: number): Promise<Result<string>>;
  /** Sheets that have not come out. */
  cancel(orderId: string): Promise<Result<void>>;
  paid(orderId: string): Result<void>;
  /** @param printer whichever is free, where it is not given. @returns print.not-now for one that is coming out */
  send(sheetId: number, printer: string | undefined): Promise<Result<void>>;
  /** What became of a sheet that the spooler has lost sight of. */
  answer(sheetId: number, cameOut: boolean): Result<void>;
  vouchers(eventId: number): Voucher[];
  makeVouchers: Orders['makeVouchers'];
  removeVoucher: (eventId: number, code: string) => Result<void>;
}

const mostOrdersShown = 100;
const withPrinter: ReadonlySet<string> = new Set(['handing-over', 'held', 'released']);

/** @param deps.shownPage an order's page, while its picture is kept */
export function createCrewPrints(deps: {
  store: Store;
  events: Events;
  spooler: Spooler;
  pages: Pages;
  orders: Orders;
  printers: Printers;
  queue: Queue;
  news: News;
  templates: () => { templates: Template[]; problems: TemplateProblem[] };
  shownPage: (order: PrintOrderRow) => DrawnPage | undefined;
}): CrewPrints {
  const { store, events, spooler, pages, orders, printers, queue, news, templates, shownPage } = deps;
  const { prints } = store;

  /** What was done is told, and may give the printers something to do. */
  function done(orderId: string, outcome: Result<unknown>): Result<void> {
    if (!outcome.ok) return outcome;
    news.ofOrder(orderId);
    queue.wake();
    return ok(undefined);
  }

  return {
    overview: (eventId) => ({
      printers: printers.looks(),
      fault: printers.fault(),
      orders: prints.newest(eventId, mostOrdersShown).map((order) =>
        staffOrderOf(order, prints.sheetsOf(order.id), shownPage(order), (name) => {
          const printer = printers.find(name);
          return printer && blockerOf(printer);
        }),
      ),
      templates: templates().templates.map(lookOf),
      problems: templates().problems,
      printed: prints.countPrinted(eventId),
      waiting: prints.countToPrint(eventId),
    }),

    use: (printer, isUsed) => {
      const used = printers.use(printer, isUsed);
      if (used.ok) news.ofPrinters();
      queue.wake();
      return used;
    },
    pause: async (printer, isPaused) => {
      const paused = printers.pause(printer, isPaused);
      if (!paused.ok) return paused;
      const isStopped = printers.find(printer)?.state === 'stopped';
      const resumed = !isPaused && isStopped ? await spooler.resume(printer) : ok(undefined);
      news.ofPrinters();
      queue.wake();
      return resumed;
    },

    again: async (orderId, copies) => {
      const order = prints.order(orderId);
      const event = order && events.get(order.eventId);
      if (order === undefined || event === undefined) return fail('print.order-unknown');
      const page = await pages.ofOrder(order);
      if (!page.ok) return page;
      const crew = { eventId: order.eventId, visitId: undefined };
      const added = orders.add(crew, event.settings.print, { page: page.value, copies });
      if (added.ok) done(added.value, added);
      return added;
    },

    cancel: async (orderId) => {
      const cancelled = prints.cancelWaiting(orderId);
      if (!cancelled.ok) return cancelled;
      for (const sheet of prints.sheetsOf(orderId)) {
        if (sheet.state === 'unclear') prints.change(sheet.id, { state: 'cancelled' });
        if (!withPrinter.has(sheet.state)) continue;
        const taken = await queue.takeBack(sheet);
        if (!taken.ok && taken.fault.code !== 'print.not-now') return done(orderId, taken);
        prints.cancelWaiting(orderId);
      }
      return done(orderId, ok(undefined));
    },

    paid: (orderId) =>
      prints.order(orderId) === undefined ? fail('print.order-unknown') : done(orderId, prints.pay(orderId)),

    send: async (sheetId, printer) => {
      const sheet = prints.sheet(sheetId);
      if (sheet === undefined) return fail('print.order-unknown');
      const taken = await queue.takeBack(sheet);
      if (!taken.ok) return taken;
      if (prints.sheet(sheetId)?.state !== 'waiting') return fail('print.not-now');
      return done(sheet.orderId, prints.change(sheetId, { state: 'waiting', printer }));
    },

    answer: (sheetId, cameOut) => {
      const sheet = prints.sheet(sheetId);
      if (sheet?.state !== 'unclear') return fail('print.order-unknown');
      const { printer, fault } = sheet;
      if (cameOut && printer !== undefined && fault?.code === 'print.outcome-untold') printers.foundUntold(printer);
      const to = cameOut ? ({ state: 'printed', printer } as const) : ({ state: 'waiting' } as const);
      return done(sheet.orderId, prints.change(sheetId, to));
    },

    vouchers: (eventId) => prints.vouchers(eventId),
    makeVouchers: orders.makeVouchers,
    removeVoucher: prints.removeVoucher,
  };
}
