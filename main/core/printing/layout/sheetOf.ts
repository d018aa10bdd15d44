import { inGroups, type Language } from '../../../../preload/index.ts';
import type { Sheet, SheetElement, SheetRect } from '../../../workers/index.ts';
import {
  fillIn,
  isOfLink,
  pageOf,
  type Orientation,
  type Template,
  type TemplateColour,
  type TemplateElement,
  type TemplateRect,
} from '../templates/index.ts';
import { colourOn } from './colours.ts';
import { cropOf, type Insets } from './crop.ts';
import { layPaper, type Paper } from './paper.ts';

export interface SheetPhoto {
  path: string;
  /** Upright, pixels. */
  width: number;
  height: number;
  /** Boxes of all faces that are known in it, pixels. */
  faces: readonly SheetRect[];
}

export interface SheetWords {
  event: string;
  /** Where it is not empty it takes the place of the event's name and date. */
  caption: string;
  date: string;
  /** To the guest's photos. */
  link?: { url: string; code: string } | undefined;
}

export interface SheetOptions {
  template: Template;
  /** As many as the template shows. */
  photos: readonly SheetPhoto[];
  /** Of the paper, held upright. */
  media: { widthMm: number; heightMm: number };
  dpi: number;
  words: SheetWords;
  /** Of the template's own words. */
  language: Language;
  /** Path of the event's own. */
  logo?: string | undefined;
  /** The event's, `#rrggbb`. */
  accent: string;
}

/** A sheet with its size, as it is looked at: wider than high where it lies. */
export interface LaidSheet {
  sheet: Sheet;
  widthMm: number;
  heightMm: number;
}

/**
 * Lays a sheet out: what of each photo is seen, and what else lies where. What is of a link or a logo is left out where there is none.
 *
 * @throws Error where there are not as many photos as the template shows
 */
export function sheetOf(options: SheetOptions): LaidSheet {
  const { template, media, dpi } = options;
  const orientation = orientationOf(options);
  const layout = template.layouts[orientation];
  if (layout === undefined) throw new Error(`the template ${template.id} has no ${orientation}`);
  const size =
    orientation === 'portrait'
      ? { width: media.widthMm, height: media.heightMm }
      : { width: media.heightMm, height: media.widthMm };
  const page = pageOf(template, orientation);
  const paper = layPaper(page, size, dpi);
  const column = { x: 0, y: 0, width: page.width / layout.copies, height: page.height };
  const present = layout.elements.filter((element) => isThere(element, options));

  const elements: SheetElement[] = [];
  for (let copy = 0; copy < layout.copies; copy++) {
    const left = copy * column.width;
    for (const element of present) {
      const at = shifted(element.at, left);
      const laid = lay({ ...element, at }, shifted(column, left), paper, elements, options);
      if (laid !== undefined) elements.push(laid);
    }
  }
  const { width, height } = paper;
  const sheet = { width, height, dpi, background: template.background, elements };
  return { sheet, widthMm: size.width, heightMm: size.height };
}

/** As most of the photos lie; of as many of both, as the first does. */
function orientationOf({ template, photos }: SheetOptions): Orientation {
  const { portrait, landscape } = template.layouts;
  if (portrait === undefined) return 'landscape';
  if (landscape === undefined) return 'portrait';
  const lying = photos.filter(isLying).length;
  const standing = photos.length - lying;
  if (lying === standing) return photos.slice(0, 1).some(isLying) ? 'landscape' : 'portrait';
  return lying > standing ? 'landscape' : 'portrait';
}

const isLying = ({ width, height }: SheetPhoto): boolean => width > height;

function isThere({ when }: TemplateElement, { logo, words }: SheetOptions): boolean {
  switch (when) {
    case 'logo':
      return logo !== undefined;
    case 'no-logo':
      return logo === undefined;
    case 'link':
      return words.link !== undefined;
    case 'no-link':
      return words.link === undefined;
    case undefined:
      return true;
  }
}

/** @param below what lies on the sheet already. @returns undefined for what is left out */
function lay(
  element: TemplateElement,
  column: TemplateRect,
  paper: Paper,
  below: readonly SheetElement[],
  options: SheetOptions,
): SheetElement | undefined {
  const { template, photos, words, accent } = options;
  const inColour = (colour: TemplateColour, at: SheetRect, use: 'text' | 'box') =>
    colourOn(colour, accent, groundOf(at, below, template.background), use);
  switch (element.kind) {
    case 'photo': {
      const photo = photos.at(element.slot);
      if (photo === undefined) throw new Error(`the template ${template.id} shows ${String(template.photos)} photos`);
      const at = paper.filled(element.at);
      const safe = paper.rect(inset(column, template.safeMm));
      return {
        kind: 'photo',
        path: photo.path,
        at,
        crop: cropOf(photo, photo.faces, at.width / at.height, insetsOf(at, safe)),
      };
    }
    case 'box': {
      const at = paper.filled(element.at);
      return { kind: 'box', at, colour: inColour(element.colour, at, 'box') };
    }
    case 'logo':
      if (options.logo === undefined) return undefined;
      return { kind: 'picture', path: options.logo, at: paper.rect(element.at), align: element.align };
    case 'code':
      return words.link && { kind: 'code', text: words.link.url, at: paper.rect(element.at) };
    case 'text': {
      const text = textOf(element, options);
      if (text === '') return undefined;
      const { face, align, mostLines } = element;
      const at = paper.rect(element.at);
      const colour = inColour(element.colour, at, 'text');
      return { kind: 'text', text, at, face, sizePx: paper.points(element.sizePt), colour, align, mostLines };
    }
  }
}

function textOf(
  { content }: Extract<TemplateElement, { kind: 'text' }>,
  { words, language }: Pick<SheetOptions, 'words' | 'language'>,
): string {
  const text = typeof content === 'string' ? content : (content[language] ?? content.en ?? content.fr ?? '');
  if (words.link === undefined && isOfLink(text)) return '';
  const hasCaption = words.caption !== '';
  return fillIn(text, {
    event: hasCaption ? words.caption : words.event,
    date: hasCaption ? '' : words.date,
    code: inGroups(words.link?.code ?? ''),
    url: words.link?.url ?? '',
  });
}

/** What something lies on: the topmost box that is under all of it, or the sheet. */
function groundOf(at: SheetRect, below: readonly SheetElement[], background: string): string {
  let ground = background;
  for (const element of below) if (element.kind === 'box' && isWithin(at, element.at)) ground = element.colour;
  return ground;
}

/** How much of a place's sides lies outside what is surely seen, as shares of it. */
const insetsOf = (at: SheetRect, safe: SheetRect): Insets => ({
  left: Math.max(0, safe.x - at.x) / at.width,
  top: Math.max(0, safe.y - at.y) / at.height,
  right: Math.max(0, at.x + at.width - safe.x - safe.width) / at.width,
  bottom: Math.max(0, at.y + at.height - safe.y - safe.height) / at.height,
});

const shifted = (at: TemplateRect, by: number): TemplateRect => ({ ...at, x: at.x + by });

const inset = ({ x, y, width, height }: TemplateRect, by: number): TemplateRect => ({
  x: x + by,
  y: y + by,
  width: width - 2 * by,
  height: height - 2 * by,
});

const isWithin = (inner: SheetRect, outer: SheetRect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
