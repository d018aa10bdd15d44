import type { BlazefaceRecipe } from '../../../packs/index.ts';
import { arcfacePoints, type FivePoints } from '../align.ts';
import { cellsOf, type Decode, type Detection } from './detection.ts';

// Centre x and y, width, height; then both eyes, the tip of the nose, the middle of the mouth, and both ears.
const valuesPerAnchor = 16;

/**
 * BlazeFace (Bazarevsky et al. 2019) as in MediaPipe (google-ai-edge/mediapipe, modules/face_detection): anchors in the middle of each cell, several at the
 * same place and all of the same size, so that a regression is a distance from there in pixels of the input. Scores are logits.
 */
export const blazeface =
  ({ outputs: names, levels, scoreThreshold }: BlazefaceRecipe): Decode =>
  (outputs, size) => {
    const scores = joined(names.scores.map(outputs));
    const values = joined(names.boxes.map(outputs));
    const detections: Detection[] = [];
    let anchor = 0;
    for (const { stride, anchorsPerCell } of levels) {
      for (const { column, row } of cellsOf(size, stride)) {
        const middle = [(column + 0.5) * stride, (row + 0.5) * stride];
        for (let i = 0; i < anchorsPerCell; i++, anchor++) {
          const score = 1 / (1 + Math.exp(-scores[anchor]));
          if (score < scoreThreshold) continue;
          const [dx, dy, width, height, ...offsets] = values.subarray(
            anchor * valuesPerAnchor,
            (anchor + 1) * valuesPerAnchor,
          );
          const centreX = middle[0] + dx;
          const centreY = middle[1] + dy;
          detections.push({
            x1: centreX - width / 2,
            y1: centreY - height / 2,
            x2: centreX + width / 2,
            y2: centreY + height / 2,
            score,
            points: withCorners(offsets.slice(0, 8).map((offset, k) => middle[k % 2] + offset)),
          });
        }
      }
    }
    return detections;
  };

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0];
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

// Half the way from one corner of the mouth to the other, in distances of the eyes, of the face that all are aligned to.
const halfMouth = (arcfacePoints[8] - arcfacePoints[6]) / 2 / (arcfacePoints[2] - arcfacePoints[0]);

/** The mouth's corners in the place of its middle: along the line of the eyes, as far from it as they usually are. */
function withCorners([leftX, leftY, rightX, rightY, noseX, noseY, mouthX, mouthY]: readonly number[]): FivePoints {
  const x = (rightX - leftX) * halfMouth;
  const y = (rightY - leftY) * halfMouth;
  return [leftX, leftY, rightX, rightY, noseX, noseY, mouthX - x, mouthY - y, mouthX + x, mouthY + y];
}
