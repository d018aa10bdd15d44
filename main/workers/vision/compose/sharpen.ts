import type { Picture } from '../picture.ts';

// Made smaller, a photo is as sharp as its pixels; on paper it is not: dyes spread, and so does ink, by about a pixel at 300 to the inch. What is lost there is
// given before: unsharp masking with as small a blur as there is (1 2 1 in both directions, sigma 0.7 px, 0.06 mm), so that nothing is seen but crisper lashes.
const amount = 0.7;
// Luma of 0..255. What differs by less is noise and skin; and no more than so much is added, or dark hair before a bright wall would have a rim of light.
const threshold = 2;
const most = 24;

// BT.601, shares of 256.
const luma = { red: 77, green: 150, blue: 29 };

/**
 * Sharpens for print, in brightness alone: colours get no fringes.
 *
 * @returns Uint8Array [height, width, 3], in a memory of its own
 */
export function sharpen({ width, height, pixels }: Picture): Uint8Array {
  const lumas = new Int16Array(width * height);
  for (let i = 0, from = 0; i < lumas.length; i++, from += 3) {
    lumas[i] = (luma.red * pixels[from] + luma.green * pixels[from + 1] + luma.blue * pixels[from + 2] + 128) >> 8;
  }
  const change = new Int8Array(8 * 256 * 2).map((_, i) => changeOf((i - 8 * 256) / 8));
  const result = new Uint8ClampedArray(pixels.length);
  const sums = new Int16Array(width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = y === 0 ? row : row - width;
    const below = y === height - 1 ? row : row + width;
    for (let x = 0; x < width; x++) sums[x] = lumas[above + x] + 2 * lumas[row + x] + lumas[below + x];
    for (let x = 0; x < width; x++) {
      const before = sums[x === 0 ? x : x - 1];
      const after = sums[x === width - 1 ? x : x + 1];
      // Sixteen times by how much it is brighter than its surroundings, -4080 to 4080.
      const difference = 16 * lumas[row + x] - before - 2 * sums[x] - after;
      const added = change[(difference >> 1) + 8 * 256];
      const at = (row + x) * 3;
      result[at] = pixels[at] + added;
      result[at + 1] = pixels[at + 1] + added;
      result[at + 2] = pixels[at + 2] + added;
    }
  }
  return new Uint8Array(result.buffer);
}

/** @param difference of luma, from the mean of its surroundings */
function changeOf(difference: number): number {
  const beyond = Math.max(0, Math.abs(difference) - threshold);
  return Math.sign(difference) * Math.min(most, Math.round(amount * beyond));
}
