import path from 'node:path';
import { isRaw } from '../store/index.ts';

// A file is taken for a photo by its ending; whether it is one is found out by decoding it. A file that is being written under another name
// (.tmp, .part, .crdownload) has none of these, and neither have a program's notes on a photo (.xmp, .dop, .thm).
const photoEndings = new Set([
  '.jpg',
  '.jpeg',
  '.jpe',
  '.png',
  '.webp',
  '.avif',
  '.heic',
  '.heif',
  '.tif',
  '.tiff',
  '.gif',
]);

export function isPhotoName(name: string): boolean {
  const ending = path.extname(name).toLowerCase();
  return !isForeign(name) && (photoEndings.has(ending) || isRaw(ending));
}

// Hidden files, macOS resource forks (._IMG_1.JPG) and the folders that systems and network drives leave about.
export const isForeign = (name: string): boolean =>
  name.startsWith('.') || name.startsWith('@eaDir') || name === '$RECYCLE.BIN' || name === 'System Volume Information';
