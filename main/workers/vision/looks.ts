import type { Picture } from './picture.ts';

/** By what a picture is known again, and told from its neighbours in a burst. */
export interface Looks {
  /** 64 bits as 16 hexadecimal digits: pictures that look alike differ in few of them. */
  hash: string;
  /** How much brightness changes from pixel to pixel (mean square of the Laplacian of luma, 0 to 255, on a small copy): more is sharper. */
  sharpness: number;
}

// A copy this wide is small enough to be quick, and large enough to tell a face that moved from one that kept still.
const copyLongSidePx = 640;

export function looksOf(picture: Picture): Looks {
  const luma = lumaOf(picture);
  return { hash: differenceHash(luma), sharpness: sharpnessOf(luma) };
}

interface Luma {
  width: number;
  height: number;
  /** 0 to 255, row by row. */
  values: Uint8Array;
}

/** A small copy in shades of grey (BT.601), by leaving pixels out: what is lost is the same in every picture of a burst. */
function lumaOf({ width, height, pixels }: Picture): Luma {
  const step = Math.max(1, Math.floor(Math.max(width, height) / copyLongSidePx));
  const small = { width: Math.floor((width - 1) / step) + 1, height: Math.floor((height - 1) / step) + 1 };
  const values = new Uint8Array(small.width * small.height);
  let to = 0;
  for (let y = 0; y < small.height; y++) {
    let from = y * step * width * 3;
    for (let x = 0; x < small.width; x++) {
      values[to] = (pixels[from] * 77 + pixels[from + 1] * 150 + pixels[from + 2] * 29) >> 8;
      to += 1;
      from += step * 3;
    }
  }
  return { ...small, values };
}

const columns = 9;
const rows = 8;

/** Whether it gets brighter from each of 9 by 8 fields to the next on its right (Krawetz 2013, "dHash"). */
function differenceHash({ width, height, values }: Luma): string {
  const sums = new Float64Array(columns * rows);
  const counts = new Float64Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++) {
      const field = row + Math.floor((x * columns) / width);
      sums[field] += values[y * width + x];
      counts[field] += 1;
    }
  }
  let hash = 0n;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const field = row * columns + column;
      const isBrighter = sums[field + 1] / counts[field + 1] > sums[field] / counts[field];
      hash = (hash << 1n) | (isBrighter ? 1n : 0n);
    }
  }
  return hash.toString(16).padStart(16, '0');
}

function sharpnessOf({ width, height, values }: Luma): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const laplacian = 4 * values[at] - values[at - 1] - values[at + 1] - values[at - width] - values[at + width];
      sum += laplacian * laplacian;
    }
  }
  return sum / Math.max(1, (width - 2) * (height - 2));
}
