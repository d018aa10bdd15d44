import type { Manifest } from '../../packs/index.ts';
import type { Lane } from '../../processes/index.ts';
import type { Box, Face } from '../index.ts';
import type { Picture } from './picture.ts';
import { copyOf, type Plate } from './plate.ts';
import type { Size, Turn } from './turn.ts';

// Cameras that were held on their side or upside down and did not write so down, and scans.
export const quarterTurns = [90, 270, 180] as const;
export type QuarterTurn = (typeof quarterTurns)[number];

// Of the length that a clear face's template usually has; upright faces mostly have more. Of those in a photo that lies on its side the detector finds one
// in five, and what the recogniser makes of it is short: .66 to .76, .82 once in 18 group photos. Selfies, which are taken in poor light and mostly lie as they
// should, begin at .75; each that is looked at turned for nothing costs a guest a third more.
const clearShare: Record<Lane, number> = { ingest: 0.8, guest: 0.75 };

/** Whether a photo is likely to lie on its side: nobody in it is seen well and holds their head up. */
export const mayBeOnItsSide = (faces: readonly Face[], { usualNorm = 0 }: Manifest['template'], lane: Lane): boolean =>
  faces.every(({ norm, landmarks }) => norm < clearShare[lane] * usualNorm || !isHeldUp(landmarks));

/** Whether the line of the eyes is nearer to level, left eye on the left, than to upright. */
const isHeldUp = ([leftX, leftY, rightX, rightY]: readonly number[]): boolean =>
  rightX - leftX > Math.abs(rightY - leftY);

/** Turned further, clockwise. */
export const turnFurther = (plate: Plate, degrees: QuarterTurn): Plate => ({
  ...plate,
  turn: {
    isMirrored: plate.turn?.isMirrored ?? false,
    degrees: (((plate.turn?.degrees ?? 0) + degrees) % 360) as Turn['degrees'],
  },
});

/** A copy, turned clockwise. */
export const turned = (picture: Picture, degrees: QuarterTurn): Picture =>
  copyOf({ ...picture, turn: { isMirrored: false, degrees } }, Math.max(picture.width, picture.height));

/** A face that was found in a turned photo, as it lies in the photo itself. @param size of the photo before it was turned */
export function turnedBack(face: Face, degrees: QuarterTurn, { width, height }: Size): Face {
  const back = (x: number, y: number): [number, number] => {
    if (degrees === 90) return [y, height - x];
    return degrees === 180 ? [width - x, height - y] : [width - y, x];
  };
  const points = face.landmarks;
  const landmarks: number[] = [];
  for (let i = 0; i < points.length; i += 2) landmarks.push(...back(points[i], points[i + 1]));
  return { ...face, box: boxBetween(back(face.box.x, face.box.y), back(...farCorner(face.box))), landmarks };
}

const farCorner = ({ x, y, width, height }: Box): [number, number] => [x + width, y + height];

const boxBetween = ([x1, y1]: [number, number], [x2, y2]: [number, number]): Box => ({
  x: Math.min(x1, x2),
  y: Math.min(y1, y2),
  width: Math.abs(x2 - x1),
  height: Math.abs(y2 - y1),
});
