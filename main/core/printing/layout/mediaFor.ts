import type { Template } from '../templates/index.ts';

// Of the safe area, whatever is missing.
const leastMarginMm = 0.5;
// At one side, to be cut off.
const bleedMm = 4;

/**
 * The paper for a template: of its size, a little larger, to be trimmed, or smaller by no more than the edge on which nothing lies that matters: postcards
 * of 100 x 148 mm do for a page of 4 x 6 inches.
 *
 * @param media held upright
 * @returns the nearest in size; undefined where there is none
 */
export function mediaFor<M extends { widthMm: number; heightMm: number }>(
  { page, safeMm }: Template,
  media: readonly M[],
): M | undefined {
  const excess = (one: M) => [one.widthMm - page.widthMm, one.heightMm - page.heightMm];
  const distance = (one: M) => Math.max(...excess(one).map(Math.abs));
  const least = -2 * Math.max(0, safeMm - leastMarginMm);
  return media
    .filter((one) => excess(one).every((mm) => mm >= least && mm <= 2 * bleedMm))
    .sort((a, b) => distance(a) - distance(b))
    .at(0);
}
