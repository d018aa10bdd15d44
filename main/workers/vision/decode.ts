import { open } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import { fail, ok, type NoteCode, type Result } from '../../../preload/index.ts';
import { exifOf, type Exif } from './exif.ts';
import type { Capture } from '../index.ts';
import { decodeJpeg } from './jpeg.ts';
import type { Plate } from './plate.ts';
import { rawPreviewOf } from './rawPreview.ts';
import { openRoom, type Room } from './room.ts';
import { sharp } from './sharp.ts';
import { turnedSize, turnOf, type Size } from './turn.ts';

export type Source = { path: string } | { bytes: Uint8Array };

export interface Decoded {
  plate: Plate;
  /** Of the upright original, pixels. */
  width: number;
  height: number;
  notes: NoteCode[];
  capture: Capture;
  /** Neither the plate nor anything made of it is needed any longer; whoever does not say so has its memory to themselves. */
  close: () => void;
}

// By sharp's names; AVIF is a kind of HEIF.
const photoFormats: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']);

// Smaller than the smallest face that can be recognised.
const smallestSidePx = 16;

/**
 * Decodes a picture, in sRGB with 8 bits.
 *
 * @param source the file's path, or its bytes
 * @param longSidePx longest side that is of use, pixels: the plate is no larger, unless it is a camera's JPEG, which is sooner decoded whole
 * @param maxPixels pictures with more pixels than this are refused before they are decoded
 * @returns the plate, or a photo.* fault
 */
export async function decode(source: Source, longSidePx: number, maxPixels: number): Promise<Result<Decoded>> {
  if (!('path' in source)) return decodeInput(source.bytes, source, longSidePx, maxPixels);
  const raw = await rawPreviewOf(source.path).catch((error: unknown) => fail('photo.unreadable', messageOf(error)));
  if (raw === undefined) return decodeInput(source.path, source, longSidePx, maxPixels);
  if (raw === 'no-preview') return fail('photo.unsupported-format', 'RAW');
  if ('ok' in raw) return raw;
  return decodeInput(raw.jpeg, { bytes: raw.jpeg }, longSidePx, maxPixels, raw.exif);
}

/** @param raw what the RAW file says, where the picture is its preview */
async function decodeInput(
  input: string | Uint8Array,
  source: Source,
  longSidePx: number,
  maxPixels: number,
  raw?: Exif,
): Promise<Result<Decoded>> {
  const image = sharp(input, { failOn: 'truncated', limitInputPixels: false, sequentialRead: true });

  let metadata: Metadata;
  try {
    metadata = await image.metadata();
  } catch (error) {
    return refuseUnknown(source, messageOf(error));
  }

  // libvips reads more than photos: an SVG, say, is a program, and none that a guest may send.
  if (!photoFormats.has(metadata.format)) return fail('photo.unsupported-format', metadata.format);
  // Most previews are stored as the sensor lay, and only the file around them says how the camera was held.
  const turn = turnOf(metadata.orientation ?? raw?.orientation);
  const { width, height } = turnedSize(metadata, turn);
  if (width * height > maxPixels) return fail('photo.too-large', `${String(width)} x ${String(height)}`);
  if (Math.min(width, height) < smallestSidePx) return fail('photo.too-small', `${String(width)} x ${String(height)}`);

  try {
    // A guest's selfie comes as bytes.
    const open = (bytes: number) => openRoom(bytes, typeof input !== 'string');
    const whole = await decodeJpeg(input, metadata, open);
    const { pixels, close, ...size } = whole === undefined ? await decodeAny(open) : { ...whole, ...sizeOf(metadata) };
    return ok({
      close,
      plate: { pixels, ...size, turn, shrink: Math.max(metadata.width / size.width, metadata.height / size.height) },
      width,
      height,
      notes: [...notesOn(metadata), ...(raw === undefined ? [] : (['note.raw-preview'] as const))],
      capture: { ...(await exifOf(metadata.exif)).capture, ...raw?.capture },
    });
  } catch (error) {
    return refuseDamaged(messageOf(error));
  }

  async function decodeAny(open: (bytes: number) => Room) {
    const { data, info } = await image
      .resize({ width: longSidePx, height: longSidePx, fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
      .flatten({ background: '#808080' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const room = open(data.length);
    room.pixels.set(data);
    return { ...room, ...sizeOf(info) };
  }
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height });

function notesOn(metadata: Metadata): NoteCode[] {
  const notes: NoteCode[] = [];
  if ((metadata.pages ?? 1) > 1) notes.push('note.first-frame-only');
  if (metadata.space === 'cmyk') notes.push('note.converted-cmyk');
  if (metadata.depth === 'ushort') notes.push('note.converted-16-bit');
  return notes;
}

// How files of the formats that can be decoded begin (latin1); ISO media files (AVIF) name their kind in bytes 4 to 12.
const knownBeginnings = ['\xff\xd8\xff', '\x89PNG', 'GIF8', 'RIFF', 'II*\0', 'MM\0*'];

/** The header could not be read: which kind of file is it that says it is a picture? */
async function refuseUnknown(source: Source, message: string): Promise<Result<never>> {
  const head = 'path' in source ? await readHead(source.path) : ok(source.bytes.subarray(0, 16));
  if (!head.ok) return head;
  const beginning = Buffer.from(head.value).toString('latin1');
  const mediaBrand = beginning.slice(4, 8) === 'ftyp' ? beginning.slice(8, 12) : undefined;
  if (mediaBrand !== undefined && !mediaBrand.startsWith('avi')) return fail('photo.unsupported-format', mediaBrand);
  const isKnown = mediaBrand !== undefined || knownBeginnings.some((known) => beginning.startsWith(known));
  return isKnown ? refuseDamaged(message) : fail('photo.not-an-image');
}

async function readHead(file: string): Promise<Result<Uint8Array>> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(16), 0, 16, 0);
      return ok(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch (error) {
    return fail('photo.unreadable', messageOf(error));
  }
}

function refuseDamaged(message: string): Result<never> {
  // libvips hands on the words of each format's library; these are the ones for a file that ends too soon.
  if (
    /premature end|truncated|unexpected end|end of (stream|data|file)|not enough|read error|bad seek/i.test(message)
  ) {
    return fail('photo.truncated', message);
  }
  if (/unsupported(?! image format)|no decoder|not compiled|codec/i.test(message))
    return fail('photo.unsupported-format', message);
  return fail('photo.damaged', message);
}

const messageOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0].trim();
};
