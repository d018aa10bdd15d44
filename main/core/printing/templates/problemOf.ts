import { pageOf } from './pageOf.ts';
import { isOfLink, unknownIn } from './placeholders.ts';
import {
  orientations,
  type Orientation,
  type Template,
  type TemplateElement,
  type TemplateLayout,
  type TemplateRect,
} from './template.ts';

// What no schema says: what is wrong with a template is told to the crew that made it, a sentence at a time.

const smallestCodeMm = 15;
// Of sums of decimal fractions.
const tinyMm = 0.01;

/** @returns the first thing that is wrong, in English; undefined where there is none */
export function problemOf(template: Template): string | undefined {
  for (const orientation of orientations) {
    const layout = template.layouts[orientation];
    const problem = layout && problemOfLayout(template, orientation, layout);
    if (problem !== undefined) return `${orientation}: ${problem}`;
  }
  return undefined;
}

function problemOfLayout(template: Template, orientation: Orientation, layout: TemplateLayout): string | undefined {
  const { elements, copies } = layout;
  const page = pageOf(template, orientation);
  const column = { x: 0, y: 0, width: page.width / copies, height: page.height };
  for (const [i, element] of elements.entries()) {
    const problem =
      problemOfPlace(element, column, template.safeMm) ??
      problemOfKind(element, template.photos) ??
      problemOfNeighbours(i, elements);
    if (problem !== undefined) return `${nameOf(i, element)} ${problem}`;
  }
  const shown = new Set(elements.map((element) => (element.kind === 'photo' ? element.slot : undefined)));
  const missing = Array.from({ length: template.photos }, (_, slot) => slot).find((slot) => !shown.has(slot));
  return missing === undefined ? undefined : `no photo element shows slot ${String(missing)}`;
}

function problemOfPlace({ kind, at }: TemplateElement, column: TemplateRect, safeMm: number): string | undefined {
  if (!isWithin(at, column)) return `reaches beyond the page (${sizeOf(column)})`;
  const safe = inset(column, safeMm);
  if (kind === 'box') return undefined;
  if (kind === 'photo') return isMostlyWithin(at, safe) ? undefined : 'lies for the most part where it may be cut off';
  if (isWithin(at, safe)) return undefined;
  return `lies less than ${String(safeMm)} mm from the edge, where it may be cut off`;
}

function problemOfKind(element: TemplateElement, photos: number): string | undefined {
  switch (element.kind) {
    case 'photo':
      if (element.when !== undefined) return 'must always be there: "when" is not for photos';
      return element.slot < photos
        ? undefined
        : `shows slot ${String(element.slot)}; the last is ${String(photos - 1)}`;
    case 'text': {
      const texts = typeof element.content === 'string' ? [element.content] : Object.values(element.content);
      const unknown = texts.flatMap(unknownIn).at(0);
      if (unknown !== undefined) return `has {${unknown}}, which stands for nothing`;
      return texts.some(isOfLink) ? misplacedLink(element) : undefined;
    }
    case 'code': {
      const { width, height } = element.at;
      if (Math.abs(width - height) > tinyMm) return 'is not square';
      if (width < smallestCodeMm - tinyMm) return `is too small to be read: at least ${String(smallestCodeMm)} mm`;
      return misplacedLink(element);
    }
    case 'logo':
      return element.when === 'no-logo' ? 'is never there: without a logo there is none' : undefined;
    case 'box':
      return undefined;
  }
}

const misplacedLink = ({ when }: TemplateElement): string | undefined =>
  when === 'no-link' ? 'is never there: without a link there is none' : undefined;

/** Nothing lies on a photo, where it could hide a face, nor on a code; a box may lie beneath both. */
function problemOfNeighbours(i: number, elements: readonly TemplateElement[]): string | undefined {
  const element = elements[i];
  for (const [j, other] of elements.slice(0, i).entries()) {
    const isTaboo = isKeptFree(other) || (isKeptFree(element) && other.kind !== 'box');
    if (isTaboo && canMeet(element, other) && doOverlap(element.at, other.at)) return `lies on ${nameOf(j, other)}`;
  }
  return undefined;
}

const isKeptFree = ({ kind }: TemplateElement): boolean => kind === 'photo' || kind === 'code';

const opposites = { logo: 'no-logo', 'no-logo': 'logo', link: 'no-link', 'no-link': 'link' } as const;

const canMeet = (one: TemplateElement, other: TemplateElement): boolean => {
  const [first, second] = [one, other].map((element) => element.when ?? impliedBy(element));
  return first === undefined || second === undefined || opposites[first] !== second;
};

const impliedBy = ({ kind }: TemplateElement) => (kind === 'logo' ? 'logo' : kind === 'code' ? 'link' : undefined);

const nameOf = (i: number, { kind }: TemplateElement): string => `element ${String(i + 1)} (${kind})`;

const sizeOf = ({ width, height }: TemplateRect): string => `${roundedMm(width)} × ${roundedMm(height)} mm`;

const roundedMm = (mm: number): string => String(Math.round(mm * 10) / 10);

const inset = ({ x, y, width, height }: TemplateRect, by: number): TemplateRect => ({
  x: x + by,
  y: y + by,
  width: width - 2 * by,
  height: height - 2 * by,
});

/** At least half of it, in both directions. */
function isMostlyWithin({ x, y, width, height }: TemplateRect, outer: TemplateRect): boolean {
  const across = Math.min(x + width, outer.x + outer.width) - Math.max(x, outer.x);
  const down = Math.min(y + height, outer.y + outer.height) - Math.max(y, outer.y);
  return across >= width / 2 && down >= height / 2;
}

const isWithin = (inner: TemplateRect, outer: TemplateRect): boolean =>
  inner.x >= outer.x - tinyMm &&
  inner.y >= outer.y - tinyMm &&
  inner.x + inner.width <= outer.x + outer.width + tinyMm &&
  inner.y + inner.height <= outer.y + outer.height + tinyMm;

const doOverlap = (one: TemplateRect, other: TemplateRect): boolean =>
  one.x + one.width > other.x + tinyMm &&
  other.x + other.width > one.x + tinyMm &&
  one.y + one.height > other.y + tinyMm &&
  other.y + other.height > one.y + tinyMm;
