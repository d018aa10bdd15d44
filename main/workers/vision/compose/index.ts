// A sheet of paper as it is printed, drawn to the pixel: photos made smaller by our own loops, letters as outlines, since sharp's WebAssembly build has no fonts.
import { fail, ok, type Result } from '../../../../preload/index.ts';
import type { Sheet, SheetElement } from '../../index.ts';
import { writeWhole } from '../derive.ts';
import { fill, openCanvas, put } from './canvas.ts';
import { drawCode } from './code.ts';
import { drawPicture, drawText } from './overlays.ts';
import { paintPhoto, type Painted, type PhotoElement } from './photos.ts';
import { printJpeg } from './printJpeg.ts';

/**
 * Draws a sheet into a JPEG file: sRGB, its resolution said, without any of the originals' metadata. It appears under its name only when it is whole.
 *
 * @param maxPixels photos with more pixels than this are refused
 * @param target its folder is made
 * @returns photo.* for a photo or picture that cannot be decoded
 */
export async function compose(sheet: Sheet, maxPixels: number, target: string): Promise<Result<Record<string, never>>> {
  const photos = await paintAll(sheet.elements, maxPixels);
  if (!photos.ok) return photos;
  try {
    const canvas = openCanvas(sheet, sheet.background);
    for (const element of sheet.elements) {
      switch (element.kind) {
        case 'photo': {
          const painted = photos.value.get(element);
          if (painted !== undefined) put(canvas, painted, painted.x, painted.y);
          break;
        }
        case 'picture': {
          const drawn = await drawPicture(canvas, element, maxPixels);
          if (!drawn.ok) return drawn;
          break;
        }
        case 'text':
          await drawText(canvas, element);
          break;
        case 'code':
          drawCode(canvas, element.text, element.at);
          break;
        case 'box':
          fill(canvas, element.at, element.colour);
          break;
      }
    }
    await writeWhole(target, await printJpeg(canvas, sheet.dpi));
    return ok({});
  } catch (error) {
    return fail('photo.failed', error instanceof Error ? error.message : String(error));
  }
}

/** Each photo is decoded once, however often it is shown, and one after the other: their pixels fill hundreds of megabytes. */
async function paintAll(
  elements: readonly SheetElement[],
  maxPixels: number,
): Promise<Result<Map<SheetElement, Painted>>> {
  const byPath = new Map<string, PhotoElement[]>();
  for (const element of elements) {
    if (element.kind === 'photo') byPath.set(element.path, [...(byPath.get(element.path) ?? []), element]);
  }
  const all = new Map<SheetElement, Painted>();
  for (const [path, ofPath] of byPath) {
    const painted = await paintPhoto(path, ofPath, maxPixels);
    if (!painted.ok) return painted;
    for (const [i, element] of ofPath.entries()) {
      const one = painted.value[i];
      if (one !== undefined) all.set(element, one);
    }
  }
  return ok(all);
}
