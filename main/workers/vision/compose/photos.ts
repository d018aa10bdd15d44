import { ok, type Result } from '../../../../preload/index.ts';
import type { SheetElement, SheetRect } from '../../index.ts';
import { decode, type Decoded } from '../decode.ts';
import { resample } from '../kernels/index.ts';
import type { Picture } from '../picture.ts';
import { cutOut } from '../plate.ts';
import { sharp } from '../sharp.ts';
import { turnedSize, type Size } from '../turn.ts';
import { lieDown } from './lieDown.ts';
import { sharpen } from './sharpen.ts';

export type PhotoElement = Extract<SheetElement, { kind: 'photo' }>;

/** What of a photo is on a sheet, its top left corner at a whole pixel of it. */
export interface Painted extends Size {
  /** Uint8Array [height, width, 3]. */
  pixels: Uint8Array;
  x: number;
  y: number;
}

// Of a picture that is not a camera's JPEG: its largest part that a sheet could need, and still no more than 200 MB.
const longSidePx = 8192;

/**
 * Decodes a photo and makes of it what some elements of a sheet show.
 *
 * @returns as many as there are elements, undefined for one that shows nothing of it; photo.* for a photo that cannot be decoded
 */
export async function paintPhoto(
  path: string,
  elements: readonly PhotoElement[],
  maxPixels: number,
): Promise<Result<(Painted | undefined)[]>> {
  const decoded = await decode({ path }, longSidePx, maxPixels);
  if (!decoded.ok) return decoded;
  try {
    const made = new Map<string, Painted | undefined>();
    const painted: (Painted | undefined)[] = [];
    for (const { crop, at } of elements) {
      // The second of two strips shows the same as the first.
      const key = JSON.stringify([crop, at.width, at.height]);
      if (!made.has(key)) made.set(key, await paint(decoded.value, crop, { ...at, x: 0, y: 0 }));
      const one = made.get(key);
      painted.push(one && { ...one, x: one.x + Math.round(at.x), y: one.y + Math.round(at.y) });
    }
    return ok(painted);
  } finally {
    decoded.value.close();
  }
}

async function paint(decoded: Decoded, crop: SheetRect, at: SheetRect): Promise<Painted | undefined> {
  const { plate } = decoded;
  const seen = within(crop, decoded);
  if (seen === undefined) return undefined;
  // Pixels of the sheet to one of the photo.
  const scale = { x: at.width / crop.width, y: at.height / crop.height };
  const x = Math.round((seen.x - crop.x) * scale.x);
  const y = Math.round((seen.y - crop.y) * scale.y);
  const width = Math.max(1, Math.round((seen.x + seen.width - crop.x) * scale.x) - x);
  const height = Math.max(1, Math.round((seen.y + seen.height - crop.y) * scale.y) - y);

  // Turned last, when there are far fewer pixels left.
  const region = lieDown(seen, turnedSize(decoded, plate.turn), plate.turn);
  const lying = cutOut({ ...plate, turn: undefined }, region).picture;
  const to = turnedSize({ width, height }, plate.turn);
  const isSmaller = to.width <= lying.width && to.height <= lying.height;
  const sized = isSmaller ? resample(lying.pixels, lying, to, 'lanczos3') : await enlarge(lying, to);
  const upright = uprightOf({ ...to, pixels: sized, shrink: 1 }, plate.turn);
  // Of one that was enlarged there is nothing finer to bring out.
  return { x, y, width, height, pixels: isSmaller ? sharpen(upright) : Uint8Array.from(upright.pixels) };
}

const uprightOf = (lying: Picture, turn: Decoded['plate']['turn']): Picture =>
  turn === undefined ? lying : cutOut({ ...lying, turn }, { x: 0, y: 0, ...turnedSize(lying, turn) }).picture;

async function enlarge({ width, height, pixels }: Picture, to: Size): Promise<Uint8Array> {
  return sharp(Buffer.from(pixels), { raw: { width, height, channels: 3 } })
    .resize({ ...to, fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer();
}

function within({ x, y, width, height }: SheetRect, photo: Size): SheetRect | undefined {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  const right = Math.min(photo.width, x + width);
  const bottom = Math.min(photo.height, y + height);
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}
