import { access, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { brandingDirOf, type BoothEvent, type Events } from '../events/index.ts';
import type { EventKeys } from '../keys/index.ts';
import { originalPathOf } from '../library/index.ts';
import type { Vision } from '../matching/index.ts';
import type { PrintOrderRow, Store } from '../store/index.ts';
import { datesText } from './datesText.ts';
import { sheetOf } from './layout/index.ts';
import type { Template } from './templates/index.ts';

/** All that a sheet is drawn from; sealed with its order. */
const specSchema = z.object({
  pageId: z.uuid(),
  templateId: z.string(),
  photoIds: z.array(z.number().int().positive()).min(1),
  /** Of the guest's gallery. */
  link: z.object({ url: z.string(), code: z.string() }).optional(),
  /** Of the paper, upright. */
  media: z.object({ name: z.string(), widthMm: z.number(), heightMm: z.number() }),
  dpi: z.number().positive(),
});

const drawnSchema = z.object({
  spec: specSchema,
  /** Pixels and millimetres as it is looked at: a sheet that lies is wider than high. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  widthMm: z.number().positive(),
  heightMm: z.number().positive(),
  /** It leads to a guest's gallery. */
  hasLink: z.boolean(),
});

export type PageSpec = z.infer<typeof specSchema>;
/** A sheet's picture that has been drawn. */
export type DrawnPage = z.infer<typeof drawnSchema>;

/** The sheets' pictures: drawn once, shown and printed as they are. */
export interface Pages {
  /** @returns the page; print.template-unknown, print.wrong-photos, photo.* or library.* */
  draw(event: BoothEvent, spec: PageSpec): Promise<Result<DrawnPage>>;
  /**
   * The page of an order; drawn anew where its picture is gone. print.page-unknown: the guest was erased, or the event's key, or it led to the guest's gallery,
   * which nobody but the guest knows of
   */
  ofOrder(order: PrintOrderRow): Promise<Result<DrawnPage>>;
  /** What an order's page is, whether or not its picture is there. */
  sealedIn(order: PrintOrderRow): DrawnPage | undefined;
  seal(eventId: number, orderId: string, page: DrawnPage): Result<Buffer>;
  fileOf(pageId: string): string;
  remove(pageId: string): Promise<void>;
  /** Removes the pictures of all pages but these. */
  removeExcept(pageIds: ReadonlySet<string>): Promise<void>;
}

/** Where they lie; shell reads them there itself. */
export const printsDirOf = (libraryDir: string): string => path.join(libraryDir, 'prints');

const placeOf = (orderId: string): string => `print/${orderId}`;

export function createPages(deps: {
  libraryDir: string;
  store: Store;
  events: Events;
  eventKeys: EventKeys;
  vision: Vision;
  templates: () => readonly Template[];
}): Pages {
  const { libraryDir, store, events, eventKeys, vision, templates } = deps;
  const dir = printsDirOf(libraryDir);
  const fileOf = (pageId: string) => path.join(dir, `${pageId}.jpg`);

  /** A photo with the faces that are known in it, those of guests who were erased among them: they are nobody's any more, and not to be cut either. */
  function photoOf(event: BoothEvent, photoId: number) {
    const photo = store.photos.shown(event.id, photoId);
    if (photo === undefined) return undefined;
    const { sha256, width, height, takenAt } = photo;
    return {
      path: originalPathOf(libraryDir, { eventUid: event.uid, sha256 }),
      ...{ width, height, takenAt },
      faces: [...store.faces.listOf(photoId), ...store.faces.erasedBoxesOf(photoId)],
    };
  }

  async function draw(event: BoothEvent, spec: PageSpec): Promise<Result<DrawnPage>> {
    const template = templates().find(({ id }) => id === spec.templateId);
    if (template === undefined) return fail('print.template-unknown', spec.templateId);
    const photos = spec.photoIds.map((id) => photoOf(event, id)).filter((photo) => photo !== undefined);
    const first = photos.at(0);
    if (first === undefined || photos.length !== spec.photoIds.length || photos.length !== template.photos) {
      return fail('print.wrong-photos');
    }
    const { name, logo, accent, print, languages } = event.settings;
    const { sheet, widthMm, heightMm } = sheetOf({
      template,
      photos,
      media: spec.media,
      dpi: spec.dpi,
      language: languages[0],
      words: { event: name, caption: print.caption, date: datesText(event.settings, first.takenAt), link: spec.link },
      logo: logo === undefined ? undefined : path.join(brandingDirOf(libraryDir), logo),
      accent,
    });
    const file = fileOf(spec.pageId);
    await mkdir(dir, { recursive: true }).catch(() => undefined);
    const drawn = await vision.compose(sheet, file);
    if (!drawn.ok) return drawn;
    const hasLink = spec.link !== undefined;
    return ok({ spec, width: sheet.width, height: sheet.height, widthMm, heightMm, hasLink });
  }

  function sealedIn({ id, eventId, sealed }: PrintOrderRow): DrawnPage | undefined {
    const sealer = eventKeys.sealerOf(eventId);
    const plain = sealed && sealer.ok ? sealer.value.unseal(placeOf(id), sealed) : undefined;
    return plain && drawnSchema.parse(JSON.parse(plain.toString('utf8')));
  }

  return {
    draw,
    sealedIn,
    fileOf,
    ofOrder: async (order) => {
      const page = sealedIn(order);
      const event = events.get(order.eventId);
      if (page === undefined || event === undefined) return fail('print.page-unknown');
      if (await isThere(fileOf(page.spec.pageId))) return ok(page);
      return page.hasLink ? fail('print.page-unknown') : draw(event, page.spec);
    },
    seal: (eventId, orderId, page) => {
      const sealer = eventKeys.sealerOf(eventId);
      if (!sealer.ok) return sealer;
      // What a link opens is sealed under the link: it is not to be had with the event's key.
      const spec = { ...page.spec, link: undefined };
      return ok(sealer.value.seal(placeOf(orderId), Buffer.from(JSON.stringify({ ...page, spec }), 'utf8')));
    },
    remove: (pageId) => rm(fileOf(pageId), { force: true }).catch(() => undefined),
    removeExcept: async (pageIds) => {
      const names = await readdir(dir).catch((): string[] => []);
      for (const name of names) {
        if (!pageIds.has(path.basename(name, '.jpg')))
          await rm(path.join(dir, name), { force: true }).catch(() => undefined);
      }
    },
  };
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
