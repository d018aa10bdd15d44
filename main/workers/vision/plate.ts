import type { Box } from '../index.ts';
import { resample, work, type Kernel } from './kernels/index.ts';
import type { Picture } from './picture.ts';
import { turnedSize, walkOf, type Size, type Turn } from './turn.ts';

/** A picture as it was decoded: its pixels lie as the sensor lay. Turning all of them costs as much as decoding them; hardly any are looked at. */
export interface Plate {
  /** Uint8Array [height, width, 3], RGB, rows from the top, of the picture as it lies. */
  pixels: Uint8Array;
  width: number;
  height: number;
  turn: Turn | undefined;
  /** Pixels of the original to one pixel here, >= 1. */
  shrink: number;
}

/** Of the upright picture, pixels of the plate. */
const uprightSize = (plate: Plate): Size => turnedSize(plate, plate.turn);

/**
 * An upright copy, in the plate's memory.
 *
 * @param longSidePx longest side of the copy, pixels; it is no larger than the plate
 */
export function copyOf(plate: Plate, longSidePx: number, kernel: Kernel = 'linear'): Picture {
  const small = shrunk(plate, longSidePx, kernel);
  if (plate.turn === undefined) return small;
  const { width, height } = turnedSize(small, plate.turn);
  const pixels = cut(small, plate.turn, { x: 0, y: 0, width, height });
  return { width, height, pixels, shrink: small.shrink };
}

function shrunk({ width, height, pixels, shrink }: Plate, longSidePx: number, kernel: Kernel): Picture {
  const long = Math.max(width, height);
  if (long <= longSidePx) return { width, height, pixels, shrink };
  const side = (px: number) => Math.max(1, Math.round((px * longSidePx) / long));
  const to = { width: side(width), height: side(height) };
  return { ...to, pixels: resample(pixels, { width, height }, to, kernel), shrink: shrink * (long / longSidePx) };
}

/** A smaller copy of an upright picture; one that is no larger is handed back as it is. */
export const shrinkTo = (picture: Picture, longSidePx: number, kernel?: Kernel): Picture =>
  Math.max(picture.width, picture.height) <= longSidePx
    ? picture
    : copyOf({ ...picture, turn: undefined }, longSidePx, kernel);

/** A region of a picture, upright. */
export interface Cutting {
  picture: Picture;
  /** Its top left corner, pixels of the upright original. */
  x: number;
  y: number;
}

/**
 * Cuts a region out, every pixel as it is, into the plate's memory.
 *
 * @param box pixels of the upright original; what of it lies outside is left out, but one pixel there is
 */
export function cutOut(plate: Plate, box: Box): Cutting {
  const { shrink } = plate;
  const whole = uprightSize(plate);
  const within = (value: number, most: number) => Math.round(Math.min(Math.max(value / shrink, 0), most));
  const x = within(box.x, whole.width - 1);
  const y = within(box.y, whole.height - 1);
  const width = Math.max(1, within(box.x + box.width, whole.width) - x);
  const height = Math.max(1, within(box.y + box.height, whole.height) - y);
  const pixels = cut(plate, plate.turn, { x, y, width, height });
  return { picture: { width, height, pixels, shrink }, x: x * shrink, y: y * shrink };
}

/** @param region whole pixels of the upright picture */
function cut(lying: Omit<Plate, 'turn'>, turn: Turn | undefined, { x, y, width, height }: Box): Uint8Array {
  const { first, across, down } = walkOf(lying, turn);
  return work(lying.pixels, { result: width * height * 3 }, (kernels, { from, to }) =>
    kernels.turnQuarters(from, to, width, height, first + y * down + x * across, across, down),
  );
}
