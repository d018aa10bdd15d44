/** The app's icon in the forms that the systems want, drawn from resources/icons. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from '../setup/cache.mjs';

/** Up to here the drawing made for small sizes is used. */
const SMALL = 48;

const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Types of an icns that hold a PNG, and its size. */
const ICNS_TYPES = { ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 };

/**
 * Writes icon.ico (Windows), icon.icns (macOS) and linux/<size>x<size>.png.
 * @param {string} folder
 */
export async function drawIcons(folder) {
  await mkdir(join(folder, 'linux'), { recursive: true });
  await writeFile(join(folder, 'icon.ico'), ico(await Promise.all(ICO_SIZES.map(draw))));
  const chunks = Object.entries(ICNS_TYPES).map(async ([type, size]) => chunk(type, (await draw(size)).png));
  await writeFile(join(folder, 'icon.icns'), chunk('icns', Buffer.concat(await Promise.all(chunks))));
  for (const { size, png } of await Promise.all(LINUX_SIZES.map(draw))) {
    await writeFile(join(folder, 'linux', `${size}x${size}.png`), png);
  }
}

/**
 * Drawn at the size it is for rather than scaled.
 * @param {number} size
 */
async function draw(size) {
  const drawing = join(root, 'resources', 'icons', size > SMALL ? 'icon.svg' : 'icon-small.svg');
  const { width = size, density: ownDensity = 72 } = await sharp(drawing).metadata();
  const png = await sharp(drawing, { density: (ownDensity * size) / width })
    .resize(size, size)
    .png()
    .toBuffer();
  return { size, png };
}

/**
 * A header of 6 bytes, a directory of 16 bytes a picture, the pictures (as PNG, since Windows Vista).
 * @param {readonly { size: number, png: Buffer }[]} pictures
 */
function ico(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  pictures.forEach(({ size, png }, i) => {
    const at = 6 + 16 * i;
    header.writeUInt8(size % 256, at); // 256 is written 0
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4); // planes
    header.writeUInt16LE(32, at + 6); // bits a pixel
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/**
 * A part of an icns, as all of it is one: a type, a length that counts these eight bytes too, the content.
 * @param {string} type
 * @param {Buffer} content
 */
function chunk(type, content) {
  const header = Buffer.alloc(8, type, 'latin1');
  header.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([header, content]);
}
