import type { ScrfdRecipe } from '../../../packs/index.ts';
import { cellsOf, type Decode, type Detection } from './detection.ts';

/**
 * SCRFD (Guo et al. 2021). Each anchor, of which a cell has several at the same place, tells a score, already a probability, how far from its centre the
 * four sides of the box are, and how far the five points, all in strides. Its centre is the cell's top left corner, as in InsightFace's own reading of its
 * networks (deepinsight/insightface, detection/scrfd).
 */
export const scrfd =
  ({ levels, anchorsPerCell, scoreThreshold }: ScrfdRecipe): Decode =>
  (outputs, size) => {
    const detections: Detection[] = [];
    for (const { stride, ...names } of levels) {
      const scores = outputs(names.scores);
      const sides = outputs(names.boxes);
      const offsets = names.points === undefined ? undefined : outputs(names.points);
      let anchor = 0;
      for (const { column, row } of cellsOf(size, stride)) {
        const x = column * stride;
        const y = row * stride;
        for (let i = 0; i < anchorsPerCell; i++, anchor++) {
          const score = scores[anchor];
          if (score < scoreThreshold) continue;
          const [left, top, right, bottom] = sides.subarray(anchor * 4, anchor * 4 + 4);
          const points = offsets?.subarray(anchor * 10, anchor * 10 + 10);
          detections.push({
            x1: x - left * stride,
            y1: y - top * stride,
            x2: x + right * stride,
            y2: y + bottom * stride,
            score,
            points: points && Array.from(points, (offset, k) => (k % 2 === 0 ? x : y) + offset * stride),
          });
        }
      }
    }
    return detections;
  };
