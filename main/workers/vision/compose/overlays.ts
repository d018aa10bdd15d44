import { ok, type Result } from '../../../../preload/index.ts';
import type { SheetElement } from '../../index.ts';
import { decode } from '../decode.ts';
import type { Picture } from '../picture.ts';
import { sharp } from '../sharp.ts';
import { blend, type Overlay } from './canvas.ts';
import { outlineOf, type TextElement } from './text.ts';

// What decoding a logo small is enough for: to learn whether it can be decoded.
const trialSidePx = 64;

/** Draws a text; letters may reach a little beyond its place, above and below. */
export async function drawText(canvas: Picture, element: TextElement): Promise<void> {
  const outline = outlineOf(element);
  if (outline === '') return;
  const { at, sizePx, colour } = element;
  const x = Math.max(0, Math.floor(at.x - sizePx / 2));
  const y = Math.max(0, Math.floor(at.y - sizePx / 2));
  const width = Math.min(canvas.width, Math.ceil(at.x + at.width + sizePx / 2)) - x;
  const height = Math.min(canvas.height, Math.ceil(at.y + at.height + sizePx / 2)) - y;
  if (width <= 0 || height <= 0) return;
  const frame = [x, y, width, height].join(' ');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" viewBox="${frame}"><path fill="${colour}" d="${outline}"/></svg>`;
  blend(canvas, await overlayOf(sharp(Buffer.from(svg))), x, y);
}

/** Draws a logo. @returns photo.* for one that cannot be decoded */
export async function drawPicture(
  canvas: Picture,
  { path, at, align }: Extract<SheetElement, { kind: 'picture' }>,
  maxPixels: number,
): Promise<Result<Record<string, never>>> {
  const trial = await decode({ path }, trialSidePx, maxPixels);
  if (!trial.ok) return trial;
  trial.value.close();
  const room = { width: Math.max(1, Math.round(at.width)), height: Math.max(1, Math.round(at.height)) };
  const overlay = await overlayOf(
    sharp(path, { limitInputPixels: maxPixels })
      .autoOrient()
      .resize({ ...room, fit: 'inside' })
      .toColourspace('srgb'),
  );
  const free = at.width - overlay.width;
  const x = at.x + { start: 0, middle: free / 2, end: free }[align];
  blend(canvas, overlay, Math.round(x), Math.round(at.y + (at.height - overlay.height) / 2));
  return ok({});
}

async function overlayOf(picture: ReturnType<typeof sharp>): Promise<Overlay> {
  const { data, info } = await picture.ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}
