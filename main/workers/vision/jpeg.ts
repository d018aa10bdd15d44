import { readFile } from 'node:fs/promises';
import type turbo from '@julusian/jpeg-turbo';
import type { Metadata } from 'sharp';
import type { Picture } from './picture.ts';
import type { Room } from './room.ts';
import { sharp } from './sharp.ts';

// Its quick transform is a little coarser than sharp's: in a small photo that is seen in the scores, in a large one it is lost in the shrinking, and in a
// selfie, of which the guest waits for the answer, the face is large. A plate of so many pixels fills 200 MB; larger ones are decoded as small as they are
// needed.
const pixels = { leastOfPhoto: 4e6, most: 66e6 };

let library: Promise<typeof turbo | undefined> | undefined;

/** Not every system that sharp runs on has a build of it. */
const load = (): Promise<typeof turbo | undefined> =>
  (library ??= import('@julusian/jpeg-turbo').then(
    ({ default: loaded }) => loaded,
    () => undefined,
  ));

/**
 * Decodes a photo as cameras write them with libjpeg-turbo as machine code: four times as fast as sharp's WebAssembly build.
 *
 * @param metadata what sharp says of the file; @param open where the pixels are to lie, given how many bytes they are
 * @returns Uint8Array [height, width, 3], RGB, as the sensor lay; undefined for a JPEG of another kind and for one that is not whole, about both of which sharp
 *   knows more
 */
export async function decodeJpeg(
  input: string | Uint8Array,
  metadata: Metadata,
  open: (bytes: number) => Room,
): Promise<Room | undefined> {
  const isPhoto = typeof input === 'string';
  if (!isUsual(metadata) || (isPhoto && metadata.width * metadata.height < pixels.leastOfPhoto)) return undefined;
  const jpeg = await load();
  if (jpeg === undefined) return undefined;
  let room: Room | undefined;
  try {
    const file = isPhoto ? await readFile(input) : Buffer.from(input);
    room = open(metadata.width * metadata.height * 3);
    const { buffer, byteOffset, length } = room.pixels;
    const out = Buffer.from(buffer, byteOffset, length);
    const { width, height } = await jpeg.decompress(file, out, { format: jpeg.FORMAT_RGB });
    if (width === metadata.width && height === metadata.height) return room;
  } catch {
    // Told below, as any other.
  }
  room?.close();
  return undefined;
}

/**
 * @param quality 1 to 100; @param colours in half the resolution, as is usual, or in all of it
 * @returns the bytes of a JPEG without metadata
 */
export async function encodeJpeg(
  picture: Picture,
  quality: number,
  colours: 'halved' | 'whole' = 'halved',
): Promise<Buffer> {
  const { width, height } = picture;
  const jpeg = await load();
  if (jpeg === undefined)
    return sharp(picture.pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality, chromaSubsampling: colours === 'whole' ? '4:4:4' : '4:2:0' })
      .toBuffer();
  const subsampling = colours === 'whole' ? jpeg.SAMP_444 : jpeg.SAMP_420;
  const form = { format: jpeg.FORMAT_RGB, subsampling, width, height, quality };
  // The object itself where it is one: with it the WebAssembly build would free the pixels while they are read.
  const { buffer, byteOffset, length } = picture.pixels;
  const own = Buffer.isBuffer(picture.pixels) ? picture.pixels : Buffer.from(buffer, byteOffset, length);
  return jpeg.compress(own, form);
}

function isUsual({ format, space, channels, isProgressive, icc, width, height }: Metadata): boolean {
  return (
    format === 'jpeg' &&
    space === 'srgb' &&
    channels === 3 &&
    !isProgressive &&
    (icc === undefined || icc.includes('sRGB') || icc.includes(Buffer.from('sRGB', 'utf16le').swap16())) &&
    width * height <= pixels.most
  );
}
