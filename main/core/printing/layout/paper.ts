import type { SheetRect } from '../../../workers/index.ts';
import type { TemplateRect } from '../templates/index.ts';

export interface SizeMm {
  width: number;
  height: number;
}

const mmOfInch = 25.4;
const pointsOfInch = 72;
// Of sums of decimal fractions.
const tinyMm = 0.01;

/** The way from a trimmed page's millimetres to pixels of the paper, on which it lies in the middle. */
export interface Paper {
  width: number;
  height: number;
  /** Of what is placed exactly. */
  rect(at: TemplateRect): SheetRect;
  /** Of what is filled to its edges: whole pixels; whatever touches the page's edge goes on to the paper's. */
  filled(at: TemplateRect): SheetRect;
  points(pt: number): number;
}

/** @param page after it was cut; @param paper before; both as they are looked at */
export function layPaper(page: SizeMm, paper: SizeMm, dpi: number): Paper {
  const px = (mm: number) => (mm / mmOfInch) * dpi;
  const width = Math.round(px(paper.width));
  const height = Math.round(px(paper.height));
  const left = (paper.width - page.width) / 2;
  const top = (paper.height - page.height) / 2;
  const edge = (mm: number, page: number, offset: number, most: number) =>
    mm < tinyMm ? 0 : mm > page - tinyMm ? most : Math.min(most, Math.max(0, Math.round(px(mm + offset))));
  return {
    width,
    height,
    rect: (at) => ({ x: px(at.x + left), y: px(at.y + top), width: px(at.width), height: px(at.height) }),
    filled: (at) => {
      const x = edge(at.x, page.width, left, width);
      const y = edge(at.y, page.height, top, height);
      return {
        x,
        y,
        width: Math.max(1, edge(at.x + at.width, page.width, left, width) - x),
        height: Math.max(1, edge(at.y + at.height, page.height, top, height) - y),
      };
    },
    points: (pt) => (pt / pointsOfInch) * dpi,
  };
}
