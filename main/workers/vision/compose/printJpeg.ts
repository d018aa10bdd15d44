import { encodeJpeg } from '../jpeg.ts';
import type { Picture } from '../picture.ts';
import { sharp } from '../sharp.ts';

// Paper shows what a display does not: at 95, with colours in whole resolution, nothing of the compression is seen.
const quality = 95;

let profile: Promise<Buffer> | undefined;

/** The bytes of a JPEG that says how large it is printed and that its colours are sRGB, and nothing else. */
export async function printJpeg(picture: Picture, dpi: number): Promise<Buffer> {
  const jpeg = await encodeJpeg(picture, quality, 'whole');
  return tagged(jpeg, dpi, await (profile ??= srgbProfile()));
}

/** sharp has it; to have it written would take as long as all that is drawn. */
async function srgbProfile(): Promise<Buffer> {
  const pixel = { create: { width: 1, height: 1, channels: 3 as const, background: '#ffffff' } };
  const bytes = await sharp(pixel).withIccProfile('srgb').jpeg().toBuffer();
  const { icc } = await sharp(bytes).metadata();
  if (icc === undefined) throw new Error('sharp writes no profile');
  return icc;
}

/**
 * Puts resolution (JFIF 1.02) and profile (ICC.1, annex B.4) in the place of whatever JFIF segment there is.
 *
 * @param profile of no more than one segment
 */
function tagged(jpeg: Buffer, dpi: number, profile: Buffer): Buffer {
  const start = jpeg.subarray(0, 2);
  const rest = jpeg.readUInt16BE(2) === 0xffe0 ? jpeg.subarray(4 + jpeg.readUInt16BE(4)) : jpeg.subarray(2);
  const jfif = Buffer.from('JFIF\0\x01\x02\x01\0\0\0\0\0\0', 'latin1');
  jfif.writeUInt16BE(Math.round(dpi), 8);
  jfif.writeUInt16BE(Math.round(dpi), 10);
  const icc = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), profile]);
  return Buffer.concat([start, segment(0xffe0, jfif), segment(0xffe2, icc), rest]);
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(marker, 0);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}
