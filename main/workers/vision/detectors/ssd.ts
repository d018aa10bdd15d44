import type { Detection } from './detection.ts';

/** What the regressions are multiplied by: a convention that came with SSD's code, and that networks are trained with. */
export interface Variances {
  centreVariance: number;
  sizeVariance: number;
}

/**
 * The box that a regression makes of its prior, as published with SSD (Liu et al. 2016, section 2.2).
 *
 * @param regression Float32Array [priors, 4]: dx, dy, dw, dh
 * @param priors Float32Array [priors, 4]: centre x, centre y, width, height in pixels of the input
 * @param at where in both the prior begins
 */
export function ssdBox(
  regression: Float32Array,
  priors: Float32Array,
  at: number,
  { centreVariance, sizeVariance }: Variances,
): Pick<Detection, 'x1' | 'y1' | 'x2' | 'y2'> {
  const priorWidth = priors[at + 2];
  const priorHeight = priors[at + 3];
  const centreX = regression[at] * centreVariance * priorWidth + priors[at];
  const centreY = regression[at + 1] * centreVariance * priorHeight + priors[at + 1];
  const halfWidth = (Math.exp(regression[at + 2] * sizeVariance) * priorWidth) / 2;
  const halfHeight = (Math.exp(regression[at + 3] * sizeVariance) * priorHeight) / 2;
  return { x1: centreX - halfWidth, y1: centreY - halfHeight, x2: centreX + halfWidth, y2: centreY + halfHeight };
}
