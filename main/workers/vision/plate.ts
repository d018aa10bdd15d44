import type { Box } from '../index.ts';
import type { Picture } from './picture.ts';
import { sharp } from './sharp.ts';
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

/** How a copy is made smaller, both antialiased: `linear` is quicker, `lanczos3` crisper to look at. */
export type Kernel = 'linear' | 'lanczos3';

/**
 * An upright copy. libvips makes it eight times as fast as a loop of our own, and beside the event loop.
 *
 * @param longSidePx longest side of the copy, pixels; it is no larger than the plate
 */
export async function copyOf(plate: Plate, longSidePx: number, kernel: Kernel = 'linear'): Promise<Picture> {
  const small = await shrunk(plate, longSidePx, kernel);
  if (plate.turn === undefined) return small;
  const { width, height, pixels, shrink } = small;
  // sharp mirrors before it turns.
  const lying = sharp(pixels, { raw: { width, height, channels: 3 } }).flop(plate.turn.isMirrored);
  const { data, info } = await lying.rotate(plate.turn.degrees).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data, shrink };
}

async function shrunk({ width, height, pixels, shrink }: Plate, longSidePx: number, kernel: Kernel): Promise<Picture> {
  if (Math.max(width, height) <= longSidePx) return { width, height, pixels, shrink };
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize({ width: longSidePx, height: longSidePx, fit: 'inside', kernel })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    // As it came and not another view of its memory: the WebAssembly build frees the pixels with this very object.
    pixels: data,
    shrink: shrink * (Math.max(width, height) / Math.max(info.width, info.height)),
  };
}

/** A smaller copy of an upright picture; one that is no larger is handed back as it is. */
export const shrinkTo = async (picture: Picture, longSidePx: number, kernel?: Kernel): Promise<Picture> =>
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
 * Cuts a region out, every pixel as it is.
 *
 * @param box pixels of the upright original; what of it lies outside is left out, but one pixel there is
 */
export function cutOut(plate: Plate, box: Box): Cutting {
  const { pixels, shrink } = plate;
  const whole = uprightSize(plate);
  const within = (value: number, most: number) => Math.round(Math.min(Math.max(value / shrink, 0), most));
  const x = within(box.x, whole.width - 1);
  const y = within(box.y, whole.height - 1);
  const width = Math.max(1, within(box.x + box.width, whole.width) - x);
  const height = Math.max(1, within(box.y + box.height, whole.height) - y);

  const { first, across, down } = walkOf(plate, plate.turn);
  const cut = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    let from = (first + (y + row) * down + x * across) * 3;
    let to = row * width * 3;
    if (across === 1) {
      cut.set(pixels.subarray(from, from + width * 3), to);
      continue;
    }
    for (const end = to + width * 3; to < end; to += 3, from += across * 3) {
      cut[to] = pixels[from];
      cut[to + 1] = pixels[from + 1];
      cut[to + 2] = pixels[from + 2];
    }
  }
  return { picture: { width, height, pixels: cut, shrink }, x: x * shrink, y: y * shrink };
}
