import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import type { DerivativeFiles } from '../index.ts';
import { decode } from './decode.ts';
import { encodeJpeg } from './jpeg.ts';
import type { Picture } from './picture.ts';
import { copyOf, shrinkTo, type Plate } from './plate.ts';

// Longer sides, pixels: a large tile of the mosaic, and a portrait display from edge to edge.
const thumbnailLongSidePx = 720;
const screenLongSidePx = 2048;

const quality = { thumbnail: 78, screen: 84 };

/** What the larger derivative shows. */
export const screenCopyOf = (plate: Plate): Picture => copyOf(plate, screenLongSidePx, 'lanczos3');

/**
 * Writes a photo's derivatives: upright, sRGB, without any of the original's metadata. Each appears under its name only when it is whole.
 * What cannot be written now is made when it is asked for; a full disk is the library's to report.
 */
export async function writeDerivatives(
  screen: Picture,
  files: DerivativeFiles,
): Promise<Result<Record<string, never>>> {
  try {
    const thumbnail = shrinkTo(screen, thumbnailLongSidePx, 'lanczos3');
    await writeWhole(files.thumbnail, await encodeJpeg(thumbnail, quality.thumbnail));
    await writeWhole(files.screen, await encodeJpeg(screen, quality.screen));
    return ok({});
  } catch (error) {
    return fail('photo.failed', error instanceof Error ? error.message : String(error));
  }
}

/** The same for a photo that was searched before. */
export async function derive(
  path: string,
  maxPixels: number,
  files: DerivativeFiles,
): Promise<Result<Record<string, never>>> {
  const decoded = await decode({ path }, screenLongSidePx, maxPixels);
  if (!decoded.ok) return decoded;
  const { plate, close } = decoded.value;
  const written = await writeDerivatives(screenCopyOf(plate), files);
  close();
  return written;
}

/** Writes a file that appears under its name only when it is whole; its folder is made. */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  const unfinished = path.join(folder, `.${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(unfinished, bytes);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}
