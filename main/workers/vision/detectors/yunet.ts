import type { YunetRecipe } from '../../../packs/index.ts';
import { cellsOf, type Decode, type Detection } from './detection.ts';

const share = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * YuNet (Wu et al. 2023), of 2023 and later, which has no anchors: each cell tells whether there is a face, how well its box fits, and the box's centre and
 * the five points from the cell's top left corner, in strides; the box's sides as logarithms of strides. As OpenCV reads it (opencv/opencv,
 * modules/objdetect/src/face_detect.cpp).
 */
export const yunet =
  ({ levels, scoreThreshold }: YunetRecipe): Decode =>
  (outputs, size) => {
    const detections: Detection[] = [];
    for (const { stride, ...names } of levels) {
      const classes = outputs(names.classes);
      const objects = outputs(names.objects);
      const boxes = outputs(names.boxes);
      const offsets = outputs(names.points);
      let cell = 0;
      for (const { column, row } of cellsOf(size, stride)) {
        const at = cell++;
        const score = Math.sqrt(share(classes[at]) * share(objects[at]));
        if (score < scoreThreshold) continue;
        const [dx, dy, logWidth, logHeight] = boxes.subarray(at * 4, at * 4 + 4);
        const centreX = (column + dx) * stride;
        const centreY = (row + dy) * stride;
        const halfWidth = (Math.exp(logWidth) * stride) / 2;
        const halfHeight = (Math.exp(logHeight) * stride) / 2;
        detections.push({
          x1: centreX - halfWidth,
          y1: centreY - halfHeight,
          x2: centreX + halfWidth,
          y2: centreY + halfHeight,
          score,
          points: Array.from(
            offsets.subarray(at * 10, at * 10 + 10),
            (offset, k) => ((k % 2 === 0 ? column : row) + offset) * stride,
          ),
        });
      }
    }
    return detections;
  };
