// Sheets as they are printed, with real sharp and real fonts: what is on the paper, and where.
import { access, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sheet, SheetElement, SheetRect } from '../../main/workers/index.ts';
import { compose } from '../../main/workers/vision/compose/index.ts';
import { lieDown } from '../../main/workers/vision/compose/lieDown.ts';
import { sharpen } from '../../main/workers/vision/compose/sharpen.ts';
import { cutOut } from '../../main/workers/vision/plate.ts';
import { readCode } from '../../main/workers/vision/readCode.ts';
import { outlineOf } from '../../main/workers/vision/compose/text.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { turnedSize, turnOf } from '../../main/workers/vision/turn.ts';
import { badPhotos, writeBad } from '../fixtures/badPhotos.ts';
import { codeOf, openBooth, valueOf } from '../fixtures/core.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { sampleFile } from '../fixtures/photos.ts';
import { readPicture } from '../fixtures/pictures.ts';

const maxPixels = 100e6;
const size = { width: 600, height: 900 };

const sheetOf = (elements: SheetElement[], change: Partial<Sheet> = {}): Sheet => ({
  ...size,
  dpi: 300,
  background: '#ffffff',
  elements,
  ...change,
});

/** Draws a sheet. @returns its file, and its pixels */
async function draw(sheet: Sheet) {
  const file = path.join(await temporaryFolder(), 'prints', 'sheet.jpg');
  valueOf(await compose(sheet, maxPixels, file));
  const { pixels, width, height } = await readPicture(file);
  const at = (x: number, y: number): number[] => [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  return { file, width, height, pixels, at };
}

type Drawn = Awaited<ReturnType<typeof draw>>;

const isNear = (one: readonly number[], other: readonly number[], most = 12): boolean =>
  one.every((value, i) => Math.abs(value - other[i]) <= most);

/** The smallest rectangle with everything in it that is not white. */
function inkOf({ width, height, pixels }: Drawn): SheetRect | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let i = 0; i < width * height; i++) {
    if (pixels[i * 3] > 195 && pixels[i * 3 + 1] > 195 && pixels[i * 3 + 2] > 195) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
  }
  return right === 0 ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}

const colours = { red: [255, 0, 0], green: [0, 255, 0], yellow: [255, 255, 0], blue: [0, 0, 255] };

/** A camera's photo of four colours, red at the top left of what it shows and blue at the bottom right; held in one of EXIF's eight ways. */
async function quarters(file: string, orientation: number, width: number, height: number): Promise<void> {
  const tile = ([r, g, b]: number[]) => ({
    create: { width: width / 2, height: height / 2, channels: 3 as const, background: { r, g, b } },
  });
  const upright = await sharp({ create: { width, height, channels: 3, background: '#000000' } })
    .composite([
      { input: tile(colours.red), left: 0, top: 0 },
      { input: tile(colours.green), left: width / 2, top: 0 },
      { input: tile(colours.yellow), left: 0, top: height / 2 },
      { input: tile(colours.blue), left: width / 2, top: height / 2 },
    ])
    .removeAlpha()
    .raw()
    .toBuffer();
  const turn = turnOf(orientation);
  const lying = turnedSize({ width, height }, turn);
  // What turns it back: mirrored first and turned then, so that undone it is turned first.
  const stored = sharp(upright, { raw: { width, height, channels: 3 } }).rotate((360 - (turn?.degrees ?? 0)) % 360);
  const pixels = await stored.raw().toBuffer();
  const picture = sharp(pixels, { raw: { ...lying, channels: 3 } }).flop(turn?.isMirrored === true);
  await writeFile(
    file,
    await picture
      .withExif({ IFD0: { Make: 'Pentacon', Artist: 'Somebody' } })
      .withMetadata({ orientation })
      .jpeg({ quality: 95 })
      .toBuffer(),
  );
}

describe('a sheet’s file', () => {
  it('has its size to the pixel, and says its resolution and that it is sRGB', async () => {
    const { file } = await draw(sheetOf([], { width: 1205, height: 1803, dpi: 346 }));
    const metadata = await sharp(file).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width: 1205, height: 1803, density: 346, space: 'srgb' });
    expect(metadata.chromaSubsampling).toBe('4:4:4');
    expect(metadata.icc?.includes(Buffer.from('sRGB', 'utf16le').swap16())).toBe(true);
  });

  it('says nothing of who took the photo and with what, and stands alone', async () => {
    const folder = await temporaryFolder();
    const photo = path.join(folder, 'photo.jpg');
    await quarters(photo, 6, 900, 600);
    expect((await readFile(photo)).includes('Pentacon')).toBe(true);
    const { file } = await draw(
      sheetOf([
        {
          kind: 'photo',
          path: photo,
          crop: { x: 0, y: 0, width: 900, height: 600 },
          at: { x: 0, y: 0, width: 600, height: 400 },
        },
      ]),
    );
    const metadata = await sharp(file).metadata();
    for (const kind of ['exif', 'xmp', 'iptc', 'comments'] as const)
      expect([kind, metadata[kind]]).toEqual([kind, undefined]);
    expect((await readFile(file)).includes('Pentacon')).toBe(false);
    expect(await filesIn(path.dirname(file))).toEqual(['sheet.jpg']);
  });

  it('is not there where a photo cannot be decoded, and the photo’s fault is said', async () => {
    const folder = await temporaryFolder();
    const photo = path.join(folder, 'photo.jpg');
    const target = path.join(folder, 'out', 'sheet.jpg');
    const at = { x: 0, y: 0, width: 600, height: 400 };
    const sheet = sheetOf([{ kind: 'photo', path: photo, crop: at, at }]);
    await writeBad(photo, badPhotos.truncatedJpeg());
    expect(codeOf(await compose(sheet, maxPixels, target))).toBe('photo.truncated');
    await writeBad(photo, badPhotos.text());
    expect(codeOf(await compose(sheet, maxPixels, target))).toBe('photo.not-an-image');
    await writeBad(photo, badPhotos.hugePng());
    expect(codeOf(await compose(sheet, maxPixels, target))).toBe('photo.too-large');
    const drawing = sheetOf([{ kind: 'picture', path: photo, at, align: 'middle' }]);
    await writeBad(photo, badPhotos.drawing());
    expect(codeOf(await compose(drawing, maxPixels, target))).toBe('photo.unsupported-format');
    await expect(access(target)).rejects.toThrow();
  });

  it('is drawn by a worker as well', async () => {
    const folder = await temporaryFolder();
    const { core } = await openBooth({ libraryDir: path.join(folder, 'library') });
    const target = path.join(folder, 'sheet.jpg');
    const elements: SheetElement[] = [
      {
        kind: 'text',
        text: 'Zoé & Ian',
        at: { x: 50, y: 50, width: 500, height: 90 },
        face: 'display',
        sizePx: 60,
        colour: '#1e1a16',
        align: 'start',
      },
      { kind: 'code', text: 'https://findme.local/g/8Kd0', at: { x: 50, y: 400, width: 300, height: 300 } },
    ];
    valueOf(await core.vision.compose(sheetOf(elements), target));
    expect(await sharp(target).metadata()).toMatchObject(size);
  });
});

describe('a photo on a sheet', () => {
  it('is upright and at its place, however the camera was held', async () => {
    const folder = await temporaryFolder();
    // Rather a lot of pixels, as cameras have: those are decoded by another library.
    for (const [width, height] of [
      [900, 600],
      [2400, 1800],
    ]) {
      for (const orientation of width < 1000 ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 6, 7]) {
        const photo = path.join(folder, `${String(width)}-${String(orientation)}.jpg`);
        await quarters(photo, orientation, width, height);
        // From the middle of the red quarter to the photo's end.
        const crop = { x: width / 4, y: height / 4, width: (3 * width) / 4, height: (3 * height) / 4 };
        const { at } = await draw(
          sheetOf([{ kind: 'photo', path: photo, crop, at: { x: 60, y: 90, width: 480, height: 360 } }], {
            background: '#101010',
          }),
        );
        const seen = [at(70, 100), at(530, 100), at(70, 440), at(530, 440)];
        // Red ends a third of the way.
        const inRed = at(60 + 150, 90 + 110);
        const inBlue = at(60 + 170, 90 + 130);
        const wanted = [colours.red, colours.green, colours.yellow, colours.blue, colours.red, colours.blue];
        for (const [i, colour] of [...seen, inRed, inBlue].entries()) {
          expect([width, orientation, i, isNear(colour, wanted[i], 30)]).toEqual([width, orientation, i, true]);
        }
        for (const [x, y] of [
          [58, 200],
          [542, 200],
          [200, 88],
          [200, 452],
        ])
          expect([x, y, isNear(at(x, y), [16, 16, 16])]).toEqual([x, y, true]);
      }
    }
  });

  it('leaves the sheet as it is where its crop goes beyond it', async () => {
    const photo = path.join(await temporaryFolder(), 'photo.jpg');
    await quarters(photo, 1, 800, 400);
    const crop = { x: 0, y: -200, width: 800, height: 800 };
    const { at } = await draw(
      sheetOf([{ kind: 'photo', path: photo, crop, at: { x: 100, y: 100, width: 400, height: 400 } }], {
        background: '#203040',
      }),
    );
    const paper = [0x20, 0x30, 0x40];
    expect(isNear(at(300, 196), paper)).toBe(true);
    expect(isNear(at(110, 204), colours.red, 30)).toBe(true);
    expect(isNear(at(490, 396), colours.blue, 30)).toBe(true);
    expect(isNear(at(300, 404), paper)).toBe(true);
  });

  it('is what a good shrinking makes of it, a little sharper', async () => {
    const at = { x: 0, y: 0, width: 600, height: 400 };
    const crop = { x: 360, y: 40, width: 1500, height: 1000 };
    const { pixels } = await draw(sheetOf([{ kind: 'photo', path: sampleFile(1), crop, at }], { height: 400 }));
    const plain = await sharp(sampleFile(1))
      .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
      .resize(600, 400, { fit: 'fill', kernel: 'lanczos3' })
      .raw()
      .toBuffer();
    const wanted = sharpen({ width: 600, height: 400, pixels: plain, shrink: 1 });
    const distance = (one: Uint8Array, other: Uint8Array) =>
      one.reduce((sum, value, i) => sum + Math.abs(value - other[i]), 0) / one.length;
    expect(distance(pixels, wanted)).toBeLessThan(2);
    expect(edgesOf(pixels)).toBeGreaterThan(1.05 * edgesOf(plain));
    expect(edgesOf(pixels)).toBeLessThan(1.6 * edgesOf(plain));

    /** How much each pixel differs from the one on its right. */
    function edgesOf(of: Uint8Array): number {
      return of.subarray(3).reduce((sum, value, i) => sum + Math.abs(value - of[i]), 0);
    }
  });

  it('is enlarged where it is small', async () => {
    const photo = path.join(await temporaryFolder(), 'photo.png');
    await quarters(photo, 1, 120, 80);
    const { at } = await draw(
      sheetOf([
        {
          kind: 'photo',
          path: photo,
          crop: { x: 0, y: 0, width: 120, height: 80 },
          at: { x: 0, y: 0, width: 600, height: 400 },
        },
      ]),
    );
    expect(isNear(at(150, 100), colours.red, 30)).toBe(true);
    expect(isNear(at(450, 300), colours.blue, 30)).toBe(true);
    expect(at(300, 402)).toEqual([255, 255, 255]);
  });

  it('covers what lies beneath it, and is covered by what comes after', async () => {
    const photo = path.join(await temporaryFolder(), 'photo.jpg');
    await quarters(photo, 1, 800, 400);
    const whole = { x: 0, y: 0, width: 600, height: 900 };
    const { at } = await draw(
      sheetOf([
        { kind: 'box', colour: '#804000', at: whole },
        {
          kind: 'photo',
          path: photo,
          crop: { x: 0, y: 0, width: 800, height: 400 },
          at: { x: 0, y: 0, width: 600, height: 300 },
        },
        { kind: 'box', colour: '#ffffff', at: { x: 0, y: 0, width: 100, height: 100 } },
      ]),
    );
    expect(isNear(at(50, 50), [255, 255, 255])).toBe(true);
    expect(isNear(at(150, 50), colours.red, 30)).toBe(true);
    expect(isNear(at(300, 600), [0x80, 0x40, 0])).toBe(true);
  });
});

describe('a text on a sheet', () => {
  const at = { x: 100, y: 300, width: 400, height: 80 };
  const text = (words: string, change: Partial<Extract<SheetElement, { kind: 'text' }>> = {}): SheetElement => ({
    ...{ kind: 'text', text: words, at, face: 'display', sizePx: 60, colour: '#1e1a16', align: 'start' },
    ...change,
  });
  const ink = async (...elements: SheetElement[]) => inkOf(await draw(sheetOf(elements))) ?? expect.fail('no ink');

  it('is where it belongs, at its size, to the middle of its height', async () => {
    // Fraunces' capitals have 0.7 of its size.
    const { x, y, height } = await ink(text('HEIE'));
    expect(Math.abs(x - 100)).toBeLessThan(6);
    expect(Math.abs(height - 42)).toBeLessThan(4);
    expect(Math.abs(y + height / 2 - 340)).toBeLessThan(3);
    const end = await ink(text('HEIE', { align: 'end' }));
    expect(Math.abs(end.x + end.width - 500)).toBeLessThan(6);
    const middle = await ink(text('HEIE', { align: 'middle' }));
    expect(Math.abs(middle.x + middle.width / 2 - 300)).toBeLessThan(4);
  });

  it('becomes smaller where it is too long, or goes on in another line', async () => {
    const long = 'Jubilé de la Société philharmonique et du chœur d’enfants de Saint-Étienne-du-Bois';
    const one = await ink(text(long));
    expect(one.x).toBeGreaterThanOrEqual(99);
    expect(one.x + one.width).toBeLessThanOrEqual(501);
    const two = await ink(text(long, { mostLines: 3 }));
    expect(two.height).toBeGreaterThan(2 * one.height);
    expect(two.x + two.width).toBeLessThanOrEqual(501);
    expect([two.y >= 296, two.y + two.height <= 384]).toEqual([true, true]);
    expect(await ink(text('Zoé', { mostLines: 3 }))).toEqual(await ink(text('Zoé')));
  });

  it('has every letter of the languages that are spoken, and of their neighbours', () => {
    const letters = 'aàâæçéèêëîïôœùûüÿAÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ’“”«»–—…·€&@ßäöñáíóúåøłőšžčřęąıİğşĺţ0123456789ЖщыїΩάςπ';
    const outlines = new Set<string>();
    for (const face of ['display', 'text'] as const) {
      for (const letter of letters)
        outlines.add(
          outlineOf({ kind: 'text', text: letter, at, face, sizePx: 40, colour: '#000000', align: 'start' }),
        );
    }
    expect(outlines.has('')).toBe(false);
    // No two are drawn alike, as boxes in their places would be.
    expect(outlines.size).toBe(2 * letters.length);
  });

  it('leaves out what no font has, and draws nothing in its place', async () => {
    const plain = await ink(text('Zoé & Ian'));
    expect(await ink(text('Zoé \u{1F389}& Ian\u{1F468}\u200D\u{1F469}'))).toEqual(plain);
    expect(await ink(text('Zoé & Ian \u2603\uFE0F'))).toEqual(plain);
    // A full-width A is an A.
    expect(await ink(text('\uFF21na'))).toEqual(await ink(text('Ana')));
    expect(inkOf(await draw(sheetOf([text('\u{1F389}')])))).toBeUndefined();
    expect(inkOf(await draw(sheetOf([text('祭')])))).toBeUndefined();
  });

  it('is no drawing of its own, whatever is in it', async () => {
    const { width } = await ink(text('</path><rect width="600" height="900"/>', { sizePx: 20 }));
    expect(width).toBeLessThanOrEqual(402);
  });

  it('has its colour', async () => {
    const drawn = await draw(sheetOf([text('III', { colour: '#0a5a2a' })]));
    const { x, y, width, height } = inkOf(drawn) ?? expect.fail('no ink');
    const row = Array.from({ length: width }, (_, i) => drawn.at(x + i, Math.round(y + height / 2)));
    expect(row.some((colour) => isNear(colour, [0x0a, 0x5a, 0x2a]))).toBe(true);
  });
});

describe('a code on a sheet', () => {
  it('can be read again, and keeps within its place', async () => {
    const link = 'https://findme.local:8443/g/8Kd0aWq3Ls7TnX2bYvR9fA';
    const at = { x: 120.4, y: 250.7, width: 355.3, height: 355.3 };
    const drawn = await draw(sheetOf([{ kind: 'code', text: link, at }], { background: '#304050' }));
    expect(valueOf(await readCode(drawn.file, maxPixels)).text).toBe(link);
    expect(isNear(drawn.at(117, 400), [0x30, 0x40, 0x50])).toBe(true);
    expect(isNear(drawn.at(125, 400), [255, 255, 255])).toBe(true);
  });
});

describe('a logo on a sheet', () => {
  it('is as large as there is room, and lets through what is beneath where it is transparent', async () => {
    const logo = path.join(await temporaryFolder(), 'logo.png');
    const ring =
      '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><rect width="50" height="50" fill="#00f"/></svg>';
    await sharp({ create: { width: 200, height: 100, channels: 4, background: '#00000000' } })
      .composite([{ input: Buffer.from(ring), left: 0, top: 0 }])
      .png()
      .toFile(logo);
    const at = { x: 100, y: 100, width: 400, height: 400 };
    const drawn = await draw(
      sheetOf([{ kind: 'picture', path: logo, at, align: 'middle' }], { background: '#c0ffc0' }),
    );
    const paper = [0xc0, 0xff, 0xc0];
    // Twice its size, in the middle of the height.
    expect(isNear(drawn.at(150, 250), colours.blue, 20)).toBe(true);
    expect(isNear(drawn.at(250, 250), paper)).toBe(true);
    expect(isNear(drawn.at(150, 350), paper)).toBe(true);
    const right = await draw(
      sheetOf([{ kind: 'picture', path: logo, at: { ...at, height: 50 }, align: 'end' }], { background: '#c0ffc0' }),
    );
    expect(isNear(right.at(410, 110), colours.blue, 20)).toBe(true);
    expect(isNear(right.at(390, 110), paper)).toBe(true);
  });
});

describe('lieDown', () => {
  it('is where cutting an upright region finds its pixels', () => {
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 8 }),
        fc.infiniteStream(fc.nat(20)),
        (width, height, orientation, random) => {
          const turn = turnOf(orientation);
          const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => i % 251);
          const plate = { width, height, pixels, turn, shrink: 1 };
          const upright = turnedSize(plate, turn);
          const next = () => Number(random.next().value);
          const x = next() % upright.width;
          const y = next() % upright.height;
          const box = { x, y, width: 1 + (next() % (upright.width - x)), height: 1 + (next() % (upright.height - y)) };
          const wanted = cutOut(plate, box).picture;
          const lying = cutOut({ ...plate, turn: undefined }, lieDown(box, plate, turn)).picture;
          const back = cutOut({ ...lying, turn }, { x: 0, y: 0, ...turnedSize(lying, turn) }).picture;
          expect({ ...back, pixels: [...back.pixels] }).toEqual({ ...wanted, pixels: [...wanted.pixels] });
        },
      ),
    );
  });
});

describe('sharpen', () => {
  it('leaves plain surfaces and faint grain alone, and makes edges no more than a little stronger', () => {
    const pixels = fc.uint8Array({ minLength: 5 * 4 * 3, maxLength: 5 * 4 * 3 });
    fc.assert(
      fc.property(pixels, (values) => {
        const sharp = sharpen({ width: 5, height: 4, pixels: values, shrink: 1 });
        for (const [i, value] of sharp.entries()) expect(Math.abs(value - values[i])).toBeLessThanOrEqual(24);
      }),
    );
    const faint = Uint8Array.from({ length: 5 * 4 * 3 }, (_, i) => 100 + (Math.floor(i / 3) % 2));
    expect(sharpen({ width: 5, height: 4, pixels: faint, shrink: 1 })).toEqual(faint);
    const edge = Uint8Array.from({ length: 6 * 3 * 3 }, (_, i) => (Math.floor(i / 3) % 6 < 3 ? 60 : 160));
    const row = [...sharpen({ width: 6, height: 3, pixels: edge, shrink: 1 })]
      .filter((_, i) => i % 3 === 0)
      .slice(0, 6);
    expect(row).toEqual([60, 60, 60 - 16, 160 + 16, 160, 160]);
  });
});
