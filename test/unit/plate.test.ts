import { describe, expect, it } from 'vitest';
import { decode } from '../../main/workers/vision/decode.ts';
import { copyOf, cutOut, type Plate } from '../../main/workers/vision/plate.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { turnOf } from '../../main/workers/vision/turn.ts';
import { valueOf } from '../fixtures/core.ts';
import { createRandom } from '../fixtures/compose.ts';

const lying = { width: 23, height: 14 };
const orientations = [1, 2, 3, 4, 5, 6, 7, 8];

function noise(width: number, height: number): Uint8Array {
  const random = createRandom(1);
  return Uint8Array.from({ length: width * height * 3 }, () => random.below(256));
}

/** What sharp makes of the same orientation. */
async function uprightBySharp(pixels: Uint8Array, orientation: number) {
  const png = await sharp(pixels, { raw: { ...lying, channels: 3 } })
    .withMetadata({ orientation })
    .tiff({ compression: 'none' })
    .toBuffer();
  return sharp(png).autoOrient().raw().toBuffer({ resolveWithObject: true });
}

describe('a plate', () => {
  it.each(orientations)('is cut and copied upright, orientation %i', async (orientation) => {
    const pixels = noise(lying.width, lying.height);
    const plate: Plate = { ...lying, pixels, turn: turnOf(orientation), shrink: 1 };
    const { data, info } = await uprightBySharp(pixels, orientation);

    const whole = cutOut(plate, { x: -5, y: -5, width: 100, height: 100 }).picture;
    expect([whole.width, whole.height]).toEqual([info.width, info.height]);
    expect(data.compare(whole.pixels)).toBe(0);
    expect(data.compare(copyOf(plate, 100).pixels)).toBe(0);

    const { picture, x, y } = cutOut(plate, { x: 3, y: 2, width: 7, height: 5 });
    expect([picture.width, picture.height, x, y]).toEqual([7, 5, 3, 2]);
    const row = (3 * info.width + 3) * 3;
    expect(data.subarray(row, row + 21).compare(picture.pixels.subarray(21, 42))).toBe(0);
  });

  it('keeps a pixel of what lies outside', () => {
    const plate: Plate = { ...lying, pixels: noise(lying.width, lying.height), turn: undefined, shrink: 2 };
    const { picture, x, y } = cutOut(plate, { x: 500, y: 500, width: 10, height: 10 });
    expect([picture.width, picture.height, x, y]).toEqual([1, 1, 44, 26]);
  });
});

describe('a camera’s JPEG', () => {
  const size = { width: 2600, height: 1800 };

  /** Large blots, which every decoder shows alike. */
  const photo = async (orientation: number): Promise<Buffer> =>
    sharp(noise(26, 18), { raw: { width: 26, height: 18, channels: 3 } })
      .resize({ ...size, kernel: 'cubic' })
      .withMetadata({ orientation })
      .jpeg({ quality: 92 })
      .toBuffer();

  it.each([1, 6, 3])('is decoded whole and looks as sharp shows it, orientation %i', async (orientation) => {
    const jpeg = await photo(orientation);
    const { plate, width, height } = valueOf(await decode({ bytes: jpeg }, 640, 1e8));
    expect([plate.width, plate.height]).toEqual([size.width, size.height]);
    expect([width, height]).toEqual(orientation === 6 ? [size.height, size.width] : [size.width, size.height]);

    const copy = copyOf(plate, 640);
    const expected = await sharp(jpeg)
      .autoOrient()
      .resize({ width: copy.width, height: copy.height, fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer();
    const difference = copy.pixels.reduce((sum, value, i) => sum + Math.abs(value - expected[i]), 0);
    expect(difference / copy.pixels.length).toBeLessThan(2);
  });

  it('is told to be cut off where it is', async () => {
    const jpeg = await photo(1);
    const decoded = await decode({ bytes: jpeg.subarray(0, jpeg.length / 2) }, 640, 1e8);
    expect(decoded.ok ? 'ok' : decoded.fault.code).toBe('photo.truncated');
  });
});
