import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Logger } from 'pino';
import {
  fail,
  ok,
  type Kiosk,
  type OrderProgress,
  type PrintPage,
  type Result,
  type TemplateLook,
} from '../../../preload/index.ts';
import type { Config } from '../config/index.ts';
import type { BoothEvent, Events } from '../events/index.ts';
import type { EventKeys } from '../keys/index.ts';
import type { Vision } from '../matching/index.ts';
import type { PrintOrderRow, Store } from '../store/index.ts';
import { createCrewPrints, type CrewPrints } from './crewPrints.ts';
import { mediaFor } from './layout/index.ts';
import { createNews, type News } from './news.ts';
import { createOrders, type Allowance } from './orders.ts';
import { createPages, type DrawnPage, type PageSpec } from './pages.ts';
import { createPreviews } from './previews.ts';
import { blockerOf, createPrinters } from './printers.ts';
import { createQueue, type Queue } from './queue.ts';
import type { Spooler } from './spoolers/index.ts';
import { loadTemplates, lookOf, type Template, type TemplateProblem } from './templates/index.ts';

export interface PrintWish {
  templateId: string;
  photoIds: readonly number[];
  /** Of the guest's gallery, for a template that leads there. */
  link?: PageSpec['link'];
}

/** Prints: from a photo on the screen to paper in the hand. */
export interface Printing extends Pick<News, 'onProgress' | 'onChanged'> {
  readonly crew: CrewPrints;
  start(): Promise<void>;
  /** What guests of the event are offered; undefined where nothing can be printed. */
  offer(event: BoothEvent, mayLink: boolean): Kiosk['print'];
  template(id: string): TemplateLook | undefined;
  /** @param visitId of the guest's record, here and below */
  allowance(event: BoothEvent, visitId: string): Allowance;
  /** Draws a sheet. @param visitId undefined for the crew */
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
  /** Guests have been erased: the pictures of what was printed for them go. */
  forgetErased(): Promise<void>;
  stop(): Promise<void>;
}

/** With what a booth prints. */
export interface PrintHouse {
  /** Of the templates that come with the program. */
  templatesDir: string;
  spooler: Spooler;
}

const sweepEveryMs = 3_600_000;
/** The crew sees what was printed of late; after that its picture goes, and is drawn anew if it is asked for. */
const keepPagesMs = 24 * 3_600_000;

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
  const { config, store, events, spooler, log } = deps;
  const { prints } = store;
  let known: { templates: Template[]; problems: TemplateProblem[] } = { templates: [], problems: [] };
  const templateOf = (id: string) => known.templates.find((template) => template.id === id);

  const pages = createPages({ ...deps, libraryDir: config.libraryDir, templates: () => known.templates });
  const orders = createOrders({ store, pages });
  const previews = createPreviews({ remove: (pageId) => void pages.remove(pageId) });
  const news = createNews({ store, printers: () => printers, queue: () => queue, onOver: forgetLink });
  const printers = createPrinters({
    store,
    spooler,
    isFit: (printer) => known.templates.some((template) => mediaFor(template, printer.media) !== undefined),
    onChanged: news.ofPrinters,
  });
  const queue: Queue = createQueue({
    ...{ store, spooler, printers, pages, log },
    mediaFor: (templateId, { media }) => {
      const template = templateOf(templateId);
      return template && mediaFor(template, media);
    },
    onChanged: news.ofOrder,
  });
  const crew = createCrewPrints({
    ...{ store, events, spooler, pages, orders, printers, queue, news, shownPage },
    templates: () => known,
  });
  let sweeping: NodeJS.Timeout | undefined;

  function links({ template: id }: PrintOrderRow): boolean {
    const template = templateOf(id);
    return template !== undefined && lookOf(template).hasLink;
  }

  /** What opens a guest's gallery lies on the disk no longer than it has to. */
  function forgetLink(order: PrintOrderRow): void {
    const page = links(order) ? pages.sealedIn(order) : undefined;
    if (page !== undefined) void pages.remove(page.spec.pageId);
  }

  const pagesKeptFrom = () => new Date(Date.now() - keepPagesMs).toISOString();

  function shownPage(order: PrintOrderRow): DrawnPage | undefined {
    return order.orderedAt >= pagesKeptFrom() && !links(order) ? pages.sealedIn(order) : undefined;
  }

  async function sweep(): Promise<void> {
    const kept = prints.keepingPages(pagesKeptFrom()).flatMap((order) => pages.sealedIn(order)?.spec.pageId ?? []);
    await pages.removeExcept(new Set([...kept, ...previews.unordered()]));
  }

  /** The paper of the first printer that has it, those that work before the others. */
  function paperFor(template: Template): Pick<PageSpec, 'media' | 'dpi'> | undefined {
    const isBlocked = (printer: Parameters<typeof blockerOf>[0]) => Number(blockerOf(printer) !== undefined);
    for (const { media, dpi } of printers.inUse().sort((a, b) => isBlocked(a) - isBlocked(b))) {
      const paper = mediaFor(template, media);
      if (paper !== undefined) return { media: paper, dpi };
    }
    return undefined;
  }

  return {
    crew,
    onProgress: news.onProgress,
    onChanged: news.onChanged,

    start: async () => {
      const ownDir = config.printing.templatesDir ?? path.join(config.libraryDir, 'templates');
      known = await loadTemplates({ builtInDir: deps.templatesDir, ownDir });
      for (const problem of known.problems) log.warn(problem, 'a print template cannot be used');
      await sweep();
      sweeping = setInterval(() => void sweep(), sweepEveryMs).unref();
      queue.start();
    },

    offer: ({ settings: { may, print } }, mayLink) => {
      if (!may.print) return undefined;
      const { templates: wanted, access, price } = print;
      const chosen = wanted.length === 0 ? known.templates : wanted.flatMap((id) => templateOf(id) ?? []);
      const offered = chosen
        .filter((template) => paperFor(template) !== undefined)
        .map(lookOf)
        .filter(({ hasLink }) => mayLink || !hasLink);
      if (offered.length === 0) return undefined;
      return { templates: offered, pickUp: config.printing.pickUp, access, price: access === 'paid' ? price : '' };
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
      const before = visitId === undefined ? undefined : previews.find(owner, templateId, photoIds);
      if (before !== undefined) return ok(pageOf(before));
      const spec = { pageId: randomUUID(), templateId, photoIds: [...photoIds], ...(link && { link }), ...paper };
      const drawn = await pages.draw(event, spec);
      if (!drawn.ok) return drawn;
      previews.keep(owner, drawn.value);
      return ok(pageOf(drawn.value));
    },

    pageLinks: ({ id: eventId }, visitId, pageId) => previews.get({ eventId, visitId }, pageId)?.hasLink === true,

    order: (event, visitId, { pageId, copies, voucher }) => {
      const orderer = { eventId: event.id, visitId };
      const page = previews.get(orderer, pageId);
      if (page === undefined) return fail('print.page-unknown');
      const added = orders.add(orderer, event.settings.print, { page, copies, voucher });
      if (!added.ok) return added;
      previews.ordered(pageId);
      queue.wake();
      news.ofOrder(added.value);
      const order = prints.order(added.value);
      return order === undefined ? fail('print.order-unknown') : ok(news.progress(order));
    },

    forget: previews.forget,
    forgetErased: sweep,

    stop: async () => {
      clearInterval(sweeping);
      await queue.stop();
    },
  };
}

const pageOf = ({ spec, width, height }: DrawnPage): PrintPage => ({ id: spec.pageId, width, height });
