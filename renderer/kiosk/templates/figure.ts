import type { Photo, TemplateFigure, TemplateLook } from '../../../preload/index.ts';
import { cellsOf } from './cells.ts';

/** A sheet to be drawn small. */
export interface Figure extends TemplateFigure {
  /** Width divided by height. */
  aspect: number;
}

/** Around and between photos of which it is not told where they lie, of the sheet's shorter side. */
const gap = 0.06;

/**
 * How a template looks with these photos on it: one that turns lies where most of them do, and where they are even, where the first does.
 *
 * @param photos may be fewer than it shows
 */
export function figureFor(template: TemplateLook, photos: readonly Photo[]): Figure {
  const { figures, turns } = template;
  const onlyLies = figures !== undefined && figures.portrait === undefined;
  const lies = onlyLies || (turns && areLying(photos));
  const aspect = lies ? 1 / template.aspect : template.aspect;
  const told = lies ? figures?.landscape : figures?.portrait;
  return { aspect, ...(told ?? guessed(template, aspect)) };
}

function areLying(photos: readonly Photo[]): boolean {
  const lying = photos.filter(isLying).length;
  const standing = photos.length - lying;
  return lying === standing ? photos.slice(0, 1).some(isLying) : lying > standing;
}

const isLying = ({ width, height }: Photo): boolean => width > height;

function guessed({ photos, hasLink }: TemplateLook, aspect: number): TemplateFigure {
  const { columns, rows } = cellsOf(photos, aspect);
  const across = aspect < 1 ? gap : gap / aspect;
  const down = across * aspect;
  const width = (1 - across * (columns + 1)) / columns;
  const height = (1 - down * (rows + 1)) / rows;
  const code = { width: 4 * across, height: 4 * down };
  return {
    photos: Array.from({ length: photos }, (_, slot) => ({
      slot,
      x: across + (slot % columns) * (width + across),
      y: down + Math.floor(slot / columns) * (height + down),
      ...{ width, height },
    })),
    codes: hasLink ? [{ x: 1 - across - code.width, y: 1 - down - code.height, ...code }] : [],
    texts: [],
  };
}
