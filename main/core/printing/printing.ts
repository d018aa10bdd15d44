import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Logger } from 'pino';
import {
  fail,
  ok,
  type Kiosk,
  type OrderProgress,
  type PrinterLook,
  type PrintPage,
  type Fault,
  type Result,
  type StaffOrder,
  type TemplateLook,
  type Voucher,
} from '../../../preload/index.ts';
import type { Config } from '../config/index.ts';
import type { BoothEvent, Events } from '../events/index.ts';
import type { EventKeys } from '../keys/index.ts';
import type { Vision } from '../matching/index.ts';
import type { PrintOrderRow, Store } from '../store/index.ts';
import { mediaFor } from './layout/index.ts';
import { createOrders, type Allowance, type Orderer } from './orders.ts';
import { createPages, type DrawnPage, type PageSpec } from './pages.ts';
import { createPreviews } from './previews.ts';
import { blockerOf, createPrinters } from './printers.ts';
import { progressOf } from './progress.ts';
import { createQueue } from './queue.ts';
import type { Spooler } from './spoolers/index.ts';
import { staffOrderOf } from './staffOrder.ts';
import { loadTemplates, lookOf, type Template, type TemplateProblem } from './templates/index.ts';

export interface PrintWish {
  templateId: string;
  photoIds: readonly number[];
  /** Of the guest's gallery, for a template that leads there. */
  link?: PageSpec['link'];
}

/** Prints: from a photo on the screen to paper in the hand. */
export interface Printing {
  start(): Promise<void>;
  /** What guests of the event are offered; undefined where nothing can be printed. */
  offer(event: BoothEvent, mayLink: boolean): Kiosk['print'];
  template(id: string): TemplateLook | undefined;
  allowance(event: BoothEvent, visitId: string): Allowance;
  /** Draws a sheet. @param visitId of the guest's record; undefined for the crew */
  page(event: BoothEvent, visitId: string | undefined, wish: PrintWish): Promise<Result<PrintPage>>;
  /** Whether a page that was drawn for the guest leads to their gallery. */
  pageLinks(event: BoothEvent, visitId: string, pageId: string): boolean;
  /** @returns the order; print.page-unknown for a page that was not drawn for whoever asks */
  order(
    event: BoothEvent,
    visitId: string | undefined,
    wanted: { pageId: string; copies: number; voucher?: string | undefined },
  ): Result<OrderProgress>;
  /** A guest has left: pages that were drawn and not asked for are of no use any more. */
  forget: (visitId: string) => void;
  /** Guests have been erased: what was to be printed for them is not. */
  forgetErased(): Promise<void>;

  onProgress(listener: (progress: OrderProgress) => void): void;
  /** A printer or an order is in another way now. */
  onChanged(listener: () => void): void;

  /** What the crew sees. */
  overview(eventId: number): {
    printers: PrinterLook[];
    fault: Fault | undefined;
    orders: StaffOrder[];
    templates: TemplateLook[];
    problems: TemplateProblem[];
    printed: number;
    waiting: number;
  };
  use: (printer: string, isUsed: boolean) => Result<void>;
  pause(printer: string, isPaused: boolean): Promise<Result<void>>;
  again(orderId: string, copies: number): Promise<Result<string>>;
  cancel(orderId: string): Promise<Result<void>>;
  paid(orderId: string): Result<void>;
  send(sheetId: number, printer: string | undefined): Promise<Result<void>>;
  answer(sheetId: number, cameOut: boolean): Result<void>;
  vouchers(eventId: number): Voucher[];
  makeVouchers: (eventId: number, count: number, sheets: number) => Result<Voucher[]>;
  removeVoucher: (eventId: number, code: string) => Result<void>;
  stop(): Promise<void>;
}

const sweepEveryMs = 3_600_000;
/** The crew sees what was printed of late; after that its picture goes, and is drawn anew if it is asked for. */
const keepPagesMs = 24 * 3_600_000;
const mostOrdersShown = 100;

/** With what a booth prints. */
export interface PrintHouse {
  /** Of the templates that come with the program. */
  templatesDir: string;
  spooler: Spooler;
}

export function createPrinting(
  deps: {
    config: Config;
    store: Store;
    events: Events;
    eventKeys: EventKeys;
    vision: Vision;
    log: Logger;
  } & PrintHouse,
): Printing {
  const { config, store, spooler, log } = deps;
  const { prints } = store;
  let templates: Template[] = [];
  let problems: TemplateProblem[] = [];
  const changeListeners: (() => void)[] = [];
  const progressListeners: ((progress: OrderProgress) => void)[] = [];

  const pages = createPages({ ...deps, libraryDir: config.libraryDir, templates: () => templates });
  const orders = createOrders({ store, pages });
  const previews = createPreviews({ remove: (pageId) => void pages.remove(pageId) });
  const printers = createPrinters({
    store,
    spooler,
    isFit: (printer) => templates.some((template) => mediaFor(template, printer.media) !== undefined),
    onChanged: tellAll,
  });
  const templateOf = (id: string) => templates.find((template) => template.id === id);
  const queue = createQueue({
    ...{ store, spooler, printers, pages, log },
    mediaFor: (templateId, { media }) => {
      const template = templateOf(templateId);
      return template && mediaFor(template, media);
    },
    onChanged: (orderId) => {
      tellOf(orderId);
      tellChanged();
    },
  });
  let sweeping: NodeJS.Timeout | undefined;

  const tellChanged = () => {
    for (const listener of changeListeners) listener();
  };
  function tellOf(orderId: string): void {
    const order = prints.order(orderId);
    if (order === undefined) return;
    const progress = progressOfOrder(order);
    const isOver = progress.state === 'printed' || progress.state === 'cancelled';
    const page = isOver && links(order) ? pages.sealedIn(order) : undefined;
    // What opens a guest's gallery lies on the disk no longer than it has to.
    if (page !== undefined) void pages.remove(page.spec.pageId);
    for (const listener of progressListeners) listener(progress);
  }

  function links({ template: id }: PrintOrderRow): boolean {
    const template = templateOf(id);
    return template !== undefined && lookOf(template).hasLink;
  }
  /** A printer is in another way: so is every order that waits for it. */
  function tellAll(): void {
    const concerned = new Set([...prints.waiting(), ...prints.inFlight()].map(({ orderId }) => orderId));
    for (const orderId of concerned) tellOf(orderId);
    tellOfTrouble();
    tellChanged();
  }

  function tellOfTrouble(): void {
    const troubled = printers.inUse().find((printer) => blockerOf(printer) !== undefined);
    const blocker = troubled && blockerOf(troubled);
    const before = store.notices.list().find(({ code }) => code === 'notice.printer-trouble');
    if (troubled === undefined || blocker === undefined) {
      if (before !== undefined) store.notices.removeCode('notice.printer-trouble');
    } else if (before?.values['code'] !== blocker.code || before.values['printer'] !== troubled.label) {
      store.notices.put('notice.printer-trouble', { printer: troubled.label, code: blocker.code });
    }
  }

  function progressOfOrder(order: PrintOrderRow): OrderProgress {
    const sheets = prints.sheetsOf(order.id);
    const next = sheets.find(({ state }) => state === 'waiting');
    const own = sheets.filter(({ state }) => ['handing-over', 'held', 'released'].includes(state)).length;
    return progressOf(order, sheets, {
      ahead: next === undefined ? 0 : Math.max(0, prints.countAhead(next.id) - own),
      blockerOf: (name) => {
        const printer = printers.find(name);
        return printer === undefined ? undefined : blockerOf(printer);
      },
      standstill: queue.standstill(),
    });
  }

  /** The paper of the first printer that has it, those that work before the others. */
  function paperFor(template: Template): Pick<PageSpec, 'media' | 'dpi'> | undefined {
    const ready = printers
      .inUse()
      .sort((a, b) => Number(blockerOf(a) !== undefined) - Number(blockerOf(b) !== undefined));
    for (const { media, dpi } of ready) {
      const paper = mediaFor(template, media);
      if (paper !== undefined) return { media: paper, dpi };
    }
    return undefined;
  }

  const pagesKeptFrom = () => new Date(Date.now() - keepPagesMs).toISOString();

  /** The order's page, while its picture is kept. */
  const shownPage = (order: PrintOrderRow): DrawnPage | undefined =>
    order.orderedAt >= pagesKeptFrom() && !links(order) ? pages.sealedIn(order) : undefined;

  async function sweep(): Promise<void> {
    const kept = prints.keepingPages(pagesKeptFrom()).flatMap((order) => pages.sealedIn(order)?.spec.pageId ?? []);
    await pages.removeExcept(new Set([...kept, ...previews.unordered()]));
  }

  function add(orderer: Orderer, event: BoothEvent, page: DrawnPage, copies: number, voucher?: string): Result<string> {
    const added = orders.add(orderer, event.settings.print, { page, copies, voucher });
    if (!added.ok) return added;
    queue.wake();
    tellOf(added.value);
    tellChanged();
    return added;
  }

  const withOrder = <T>(orderId: string, work: (order: PrintOrderRow) => T) => {
    const order = prints.order(orderId);
    return order === undefined ? fail('print.order-unknown') : work(order);
  };
  /** After what the crew has done. */
  const changed = (orderId: string, done: Result<unknown>): Result<void> => {
    if (!done.ok) return done;
    tellOf(orderId);
    tellChanged();
    queue.wake();
    return ok(undefined);
  };

  return {
    start: async () => {
      ({ templates, problems } = await loadTemplates({
        builtInDir: deps.templatesDir,
        ownDir: config.printing.templatesDir ?? path.join(config.libraryDir, 'templates'),
      }));
      for (const problem of problems) log.warn(problem, 'a print template cannot be used');
      await sweep();
      sweeping = setInterval(() => void sweep(), sweepEveryMs).unref();
      queue.start();
    },

    offer: (event, mayLink) => {
      if (!event.settings.may.print) return undefined;
      const { templates: wanted, access, price } = event.settings.print;
      const offered = (wanted.length === 0 ? templates : wanted.flatMap((id) => templateOf(id) ?? [])).filter(
        (template) => paperFor(template) !== undefined && (mayLink || !lookOf(template).hasLink),
      );
      if (offered.length === 0) return undefined;
      return {
        templates: offered.map(lookOf),
        pickUp: config.printing.pickUp,
        access,
        price: access === 'paid' ? price : '',
      };
    },
    template: (id) => {
      const template = templateOf(id);
      return template && lookOf(template);
    },
    allowance: (event, visitId) => orders.allowance({ eventId: event.id, visitId }, event.settings.print),

    page: async (event, visitId, { templateId, photoIds, link }) => {
      const template = templateOf(templateId);
      if (template === undefined) return fail('print.template-unknown');
      const paper = paperFor(template);
      if (paper === undefined) return fail('print.no-printer');
      const owner = { eventId: event.id, visitId };
      // For the crew it is drawn anew: what the event is called may be another by now.
      const known = visitId === undefined ? undefined : previews.find(owner, templateId, photoIds);
      if (known !== undefined) return ok(pageOf(known));
      const spec = { pageId: randomUUID(), templateId, photoIds: [...photoIds], ...(link && { link }), ...paper };
      const drawn = await pages.draw(event, spec);
      if (!drawn.ok) return drawn;
      previews.keep(owner, drawn.value);
      return ok(pageOf(drawn.value));
    },

    pageLinks: ({ id: eventId }, visitId, pageId) =>
      previews.get({ eventId, visitId }, pageId)?.spec.link !== undefined,

    order: (event, visitId, { pageId, copies, voucher }) => {
      const orderer = { eventId: event.id, visitId };
      const page = previews.get(orderer, pageId);
      if (page === undefined) return fail('print.page-unknown');
      const added = add(orderer, event, page, copies, voucher);
      if (!added.ok) return added;
      previews.ordered(pageId);
      return withOrder(added.value, (order) => ok(progressOfOrder(order)));
    },

    forget: previews.forget,
    forgetErased: sweep,

    onProgress: (listener) => void progressListeners.push(listener),
    onChanged: (listener) => void changeListeners.push(listener),

    overview: (eventId) => ({
      printers: printers.looks(),
      fault: printers.fault(),
      orders: prints.newest(eventId, mostOrdersShown).map((order) =>
        staffOrderOf(order, prints.sheetsOf(order.id), shownPage(order), (name) => {
          const printer = printers.find(name);
          return printer && blockerOf(printer);
        }),
      ),
      templates: templates.map(lookOf),
      problems,
      printed: prints.countPrinted(eventId),
      waiting: prints.countToPrint(eventId),
    }),

    use: (printer, isUsed) => {
      const used = printers.use(printer, isUsed);
      if (used.ok) tellAll();
      queue.wake();
      return used;
    },
    pause: async (printer, isPaused) => {
      const paused = printers.pause(printer, isPaused);
      if (!paused.ok) return paused;
      const isStopped = printers.find(printer)?.state === 'stopped';
      const resumed = !isPaused && isStopped ? await spooler.resume(printer) : ok(undefined);
      tellAll();
      queue.wake();
      return resumed;
    },

    again: (orderId, copies) =>
      withOrder(orderId, async (order): Promise<Result<string>> => {
        const event = deps.events.get(order.eventId);
        if (event === undefined) return fail('print.order-unknown');
        const page = await pages.ofOrder(order);
        return page.ok ? add({ eventId: order.eventId, visitId: undefined }, event, page.value, copies) : page;
      }) as Promise<Result<string>>,

    cancel: async (orderId) => {
      const cancelled = prints.cancelWaiting(orderId);
      if (!cancelled.ok) return cancelled;
      for (const sheet of prints.sheetsOf(orderId)) {
        if (sheet.state === 'unclear') prints.change(sheet.id, { state: 'cancelled' });
        if (sheet.job === undefined) continue;
        const taken = await queue.takeBack(sheet);
        if (!taken.ok && taken.fault.code !== 'print.not-now') return changed(orderId, taken);
        prints.cancelWaiting(orderId);
      }
      return changed(orderId, ok(undefined));
    },
    paid: (orderId) => withOrder(orderId, () => changed(orderId, prints.pay(orderId))),
    send: async (sheetId, printer) => {
      const sheet = prints.sheet(sheetId);
      if (sheet === undefined) return fail('print.order-unknown');
      const taken = await queue.takeBack(sheet);
      if (!taken.ok) return taken;
      if (prints.sheet(sheetId)?.state !== 'waiting') return fail('print.not-now');
      return changed(sheet.orderId, prints.change(sheetId, { state: 'waiting', printer }));
    },
    answer: (sheetId, cameOut) => {
      const sheet = prints.sheet(sheetId);
      if (sheet?.state !== 'unclear') return fail('print.order-unknown');
      const { printer } = sheet;
      const to = cameOut ? ({ state: 'printed', printer } as const) : ({ state: 'waiting' } as const);
      return changed(sheet.orderId, prints.change(sheetId, to));
    },

    vouchers: (eventId) => prints.vouchers(eventId),
    makeVouchers: orders.makeVouchers,
    removeVoucher: prints.removeVoucher,

    stop: async () => {
      clearInterval(sweeping);
      await queue.stop();
    },
  };
}

const pageOf = ({ spec, width, height }: DrawnPage): PrintPage => ({ id: spec.pageId, width, height });
