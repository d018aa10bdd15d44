import type { Picture } from '../picture.ts';
import type { Size } from '../turn.ts';
import type { SheetRect } from '../../index.ts';

/** RGBA, not premultiplied: Uint8Array [height, width, 4]. */
export interface Overlay extends Size {
  pixels: Uint8Array;
}

type Rgb = readonly [red: number, green: number, blue: number];

/** @param colour `#rrggbb` */
export const rgbOf = (colour: string): Rgb => {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

/** An empty sheet in one colour. */
export function openCanvas({ width, height }: Size, colour: string): Picture {
  const canvas = { width, height, pixels: new Uint8Array(width * height * 3), shrink: 1 };
  fill(canvas, { x: 0, y: 0, width, height }, colour);
  return canvas;
}

/** @param at rounded to whole pixels; what of it lies beside the sheet is left out */
export function fill(canvas: Picture, at: SheetRect, colour: string): void {
  const { left, top, right, bottom } = edgesOf(canvas, at);
  if (right <= left || bottom <= top) return;
  const [red, green, blue] = rgbOf(colour);
  const row = new Uint8Array((right - left) * 3);
  for (let i = 0; i < row.length; i += 3) {
    row[i] = red;
    row[i + 1] = green;
    row[i + 2] = blue;
  }
  for (let y = top; y < bottom; y++) canvas.pixels.set(row, (y * canvas.width + left) * 3);
}

/** Lays a picture on the sheet, its top left corner at a whole pixel; what of it lies beside the sheet is left out. */
export function put(canvas: Picture, picture: Omit<Picture, 'shrink'>, x: number, y: number): void {
  const { left, top, right, bottom } = edgesOf(canvas, { x, y, width: picture.width, height: picture.height });
  if (right <= left) return;
  for (let row = top; row < bottom; row++) {
    const from = ((row - y) * picture.width + left - x) * 3;
    canvas.pixels.set(picture.pixels.subarray(from, from + (right - left) * 3), (row * canvas.width + left) * 3);
  }
}

/** The same for what is partly transparent. */
export function blend(canvas: Picture, overlay: Overlay, x: number, y: number): void {
  const { left, top, right, bottom } = edgesOf(canvas, { x, y, width: overlay.width, height: overlay.height });
  const { pixels } = overlay;
  for (let row = top; row < bottom; row++) {
    let from = ((row - y) * overlay.width + left - x) * 4;
    let to = (row * canvas.width + left) * 3;
    for (let column = left; column < right; column++, from += 4, to += 3) {
      const alpha = pixels[from + 3];
      if (alpha === 0) continue;
      for (let i = 0; i < 3; i++) {
        const below = canvas.pixels[to + i];
        canvas.pixels[to + i] = below + Math.round(((pixels[from + i] - below) * alpha) / 255);
      }
    }
  }
}

function edgesOf(canvas: Size, { x, y, width, height }: SheetRect) {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
  return {
    left: within(x, canvas.width),
    top: within(y, canvas.height),
    right: within(x + width, canvas.width),
    bottom: within(y + height, canvas.height),
  };
}
