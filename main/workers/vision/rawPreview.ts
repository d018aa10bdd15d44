import { open, type FileHandle } from 'node:fs/promises';
import { exifOf, type Exif } from './exif.ts';
import { findJpegs } from './findJpegs.ts';

/** A RAW file as far as it is looked at: the JPEG that the camera put into it, and what it wrote of the shot. */
export interface RawPreview {
  jpeg: Buffer;
  exif: Exif;
}

// Everything that says what a file is, and what the camera wrote, lies within this.
const headBytes = 256 * 1024;
const largestPreviewBytes = 64 * 1024 * 1024;

/**
 * Takes the largest preview out of a RAW file (CR2, CR3, NEF, ARW, RAF, DNG, and others that are built like them).
 *
 * @returns undefined for a file that is none; `no-preview` for one that has none that can be used
 * @throws what the file system says of a file that cannot be read
 */
export async function rawPreviewOf(file: string): Promise<RawPreview | 'no-preview' | undefined> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const head = await read(handle, 0, Math.min(headBytes, size));
    if (!isRawFile(head)) return undefined;
    const largest = (await findJpegs(handle, size))
      .filter(({ bytes }) => bytes <= largestPreviewBytes)
      .reduce<Awaited<ReturnType<typeof findJpegs>>[number] | undefined>(
        (best, jpeg) => (best !== undefined && best.pixels >= jpeg.pixels ? best : jpeg),
        undefined,
      );
    if (largest === undefined) return 'no-preview';
    return { jpeg: await read(handle, largest.at, largest.bytes), exif: await exifIn(head) };
  } finally {
    await handle.close();
  }
}

/** By what is in it: an original in the library has no ending. */
function isRawFile(head: Buffer): boolean {
  const begins = head.toString('latin1', 0, 16);
  if (begins.startsWith('FUJIFILMCCD-RAW')) return true;
  if (begins.slice(4, 12) === 'ftypcrx ') return true;
  // Olympus and Panasonic have their own second word in TIFF's beginning; Canon's CR2 a mark behind it.
  if (/^(IIRO|IIRS|MMOR|IIU\0)/.test(begins) || (begins.startsWith('II*\0') && begins.slice(8, 10) === 'CR'))
    return true;
  return (begins.startsWith('II*\0') || begins.startsWith('MM\0*')) && isRawTiff(head);
}

const tiffTags = { newSubfileType: 0x00fe, previewAt: 0x0201, subDirectories: 0x014a, dngVersion: 0xc612 };
// A directory of more entries is none.
const mostEntries = 512;

/**
 * A TIFF whose first picture is not the photo itself but a preview of it. A photo that was exported as TIFF is decoded as it is.
 */
function isRawTiff(head: Buffer): boolean {
  const isLittle = head[0] === 0x49;
  const word = (at: number) => (isLittle ? head.readUInt16LE(at) : head.readUInt16BE(at));
  const long = (at: number) => (isLittle ? head.readUInt32LE(at) : head.readUInt32BE(at));
  const directory = long(4);
  if (directory + 2 > head.length) return false;
  const entries = Math.min(word(directory), mostEntries);
  const found = new Map<number, number>();
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + i * 12;
    if (at + 12 > head.length) break;
    found.set(word(at), long(at + 8));
  }
  const isReduced = ((found.get(tiffTags.newSubfileType) ?? 0) & 1) === 1;
  return (
    found.has(tiffTags.dngVersion) ||
    (isReduced && found.has(tiffTags.subDirectories)) ||
    (found.has(tiffTags.previewAt) && found.has(tiffTags.subDirectories))
  );
}

/** The RAW file's own, where it has one that exifr can read; a preview may have its own as well. */
async function exifIn(head: Buffer): Promise<Exif> {
  // CR3: TIFF blocks in boxes of their own, the first directory's tags apart from those of the shot.
  const blocks = ['CMT1', 'CMT2'].map((name) => boxIn(head, name));
  if (blocks.some((block) => block !== undefined)) {
    const [first, shot] = await Promise.all(blocks.map(exifOf));
    return { capture: { ...first.capture, ...shot.capture }, orientation: first.orientation };
  }
  return exifOf(head);
}

function boxIn(head: Buffer, name: string): Buffer | undefined {
  const at = head.indexOf(name, 0, 'latin1');
  if (at < 4) return undefined;
  const length = head.readUInt32BE(at - 4);
  return length > 8 && at - 4 + length <= head.length ? head.subarray(at + 4, at - 4 + length) : undefined;
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
