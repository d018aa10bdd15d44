// The pictures that guests see, with real workers and a real library.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Core, KeepOriginals } from '../../main/core/index.ts';
import { createDerivatives, createOriginals, derivativesDirOf } from '../../main/core/library/index.ts';
import type { Vision } from '../../main/core/matching/index.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { openBooth, valueOf } from '../fixtures/core.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { sampleFile, sceneFile } from '../fixtures/photos.ts';

const sizes = ['thumbnail', 'screen'] as const;

/** A booth with an event, and a folder for photos. */
async function open(keepOriginals: KeepOriginals = 'copy') {
  const folder = await temporaryFolder();
  const photosDir = path.join(folder, 'photos');
  await mkdir(photosDir);
  const libraryDir = path.join(folder, 'library');
  const { core } = await openBooth({ libraryDir, keepOriginals });
  return { core, eventId: core.events.open('wedding').id, photosDir, libraryDir };
}

/** Takes a photo in and waits for it. @returns its hash */
async function take(core: Core, eventId: number, file: string): Promise<string> {
  const { photoId } = valueOf(await core.library.take(eventId, file));
  await core.library.settled();
  return core.store.photos.shown(eventId, photoId)?.sha256 ?? expect.fail(`${file} is not indexed`);
}

/** The colours of a photo's four corners and its middle, roughly. */
async function coloursOf(file: string | Buffer): Promise<string[]> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const at = (x: number, y: number) => {
    const from = (Math.floor(y * (height - 1)) * width + Math.floor(x * (width - 1))) * channels;
    return [...data.subarray(from, from + 3)].map((value) => (value > 128 ? 'f' : '0')).join('');
  };
  return [at(0.1, 0.1), at(0.9, 0.1), at(0.1, 0.9), at(0.9, 0.9)];
}

/** A photo of four colours as a camera stores it that was held in this way; red is at the top left of what it shows, blue at the bottom right. */
async function heldAs(orientation: 1 | 3 | 6 | 8, width: number, height: number): Promise<Buffer> {
  const tile = (background: string) => ({
    create: { width: width / 2, height: height / 2, channels: 3 as const, background },
  });
  const upright = await sharp({ create: { width, height, channels: 3, background: '#000000' } })
    .composite([
      { input: tile('#ff0000'), left: 0, top: 0 },
      { input: tile('#00ff00'), left: width / 2, top: 0 },
      { input: tile('#ffff00'), left: 0, top: height / 2 },
      { input: tile('#0000ff'), left: width / 2, top: height / 2 },
    ])
    .png()
    .toBuffer();
  // By how much the stored picture is turned against what it shows, clockwise (EXIF 2.3, tag 0x0112).
  const turned = { 1: 0, 3: 180, 6: 270, 8: 90 }[orientation];
  return sharp(upright)
    .rotate(turned)
    .withExif({ IFD0: { Make: 'Pentacon', Artist: 'Somebody' }, IFD2: { DateTimeOriginal: '2026:06:20 21:04:09' } })
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer();
}

describe('derivatives', () => {
  it('are made as the photo is searched, in the library’s own folder, and only whole', async () => {
    const { core, eventId, libraryDir } = await open();
    const sha256 = await take(core, eventId, sampleFile(3));
    const name = path.join(sha256.slice(0, 2), `${sha256}.jpg`);
    const wanted = sizes.map((size) => path.join(size, name)).sort();
    expect(await filesIn(derivativesDirOf(libraryDir))).toEqual(wanted);
    expect(core.derivatives.filesOf(sha256)).toEqual(
      Object.fromEntries(sizes.map((size) => [size, path.join(derivativesDirOf(libraryDir), size, name)])),
    );
  });

  it('are not made for a library that only links its originals', async () => {
    const { core, eventId, libraryDir } = await open('link');
    await take(core, eventId, sceneFile);
    expect(await filesIn(derivativesDirOf(libraryDir))).toEqual([]);
  });

  it('have at most 720 and 2048 pixels along their longer side, and are never enlarged', async () => {
    const { core, eventId, photosDir } = await open();
    const shapes = [
      { from: [3200, 2400], thumbnail: [720, 540], screen: [2048, 1536] },
      { from: [1200, 3000], thumbnail: [288, 720], screen: [819, 2048] },
      { from: [800, 600], thumbnail: [720, 540], screen: [800, 600] },
      { from: [300, 400], thumbnail: [300, 400], screen: [300, 400] },
    ];
    for (const { from, ...wanted } of shapes) {
      const file = path.join(photosDir, `${from.join('x')}.jpg`);
      await writeFile(file, await heldAs(1, from[0], from[1]));
      const files = core.derivatives.filesOf(await take(core, eventId, file));
      for (const size of sizes) {
        const { width, height, format } = await sharp(files[size]).metadata();
        expect([from, size, width, height, format]).toEqual([from, size, ...wanted[size], 'jpeg']);
      }
    }
  });

  it('are upright, and say nothing of who took them, where, when and with what', async () => {
    const { core, eventId, photosDir } = await open();
    for (const orientation of [1, 3, 6, 8] as const) {
      const file = path.join(photosDir, `${String(orientation)}.jpg`);
      await writeFile(file, await heldAs(orientation, 1000, 600));
      expect((await sharp(file).metadata()).orientation).toBe(orientation);
      const files = core.derivatives.filesOf(await take(core, eventId, file));
      for (const size of sizes) {
        expect([orientation, await coloursOf(files[size])]).toEqual([orientation, ['f00', '0f0', 'ff0', '00f']]);
        const metadata = await sharp(files[size]).metadata();
        expect(metadata.width).toBeGreaterThan(metadata.height);
        for (const kind of ['exif', 'orientation', 'icc', 'xmp', 'iptc', 'comments'] as const) {
          expect([kind, metadata[kind]]).toEqual([kind, undefined]);
        }
        expect((await readFile(files[size])).includes('Pentacon')).toBe(false);
      }
      // The camera's word on when goes to the library instead.
      const [{ hour }] = core.store.photos.hours(eventId);
      expect(hour).toBe('2026-06-20T21');
    }
  });

  it('show colours of a wide gamut as they are', async () => {
    const { core, eventId, photosDir } = await open();
    const file = path.join(photosDir, 'p3.jpg');
    // Display P3 has other numbers for this green; without their profile they would be another colour.
    const green = { create: { width: 200, height: 100, channels: 3 as const, background: '#46b92d' } };
    await sharp(green).withIccProfile('p3').jpeg({ quality: 100 }).toFile(file);
    const files = core.derivatives.filesOf(await take(core, eventId, file));
    const { data } = await sharp(files.screen).raw().toBuffer({ resolveWithObject: true });
    for (const [i, value] of [0x46, 0xb9, 0x2d].entries()) expect(Math.abs(data[i] - value)).toBeLessThan(6);
  });

  it('that were deleted come back when they are asked for', async () => {
    const { core, eventId, libraryDir } = await open();
    const sha256 = await take(core, eventId, sampleFile(2));
    const files = core.derivatives.filesOf(sha256);
    const before = await Promise.all(sizes.map((size) => readFile(files[size])));
    await rm(derivativesDirOf(libraryDir), { recursive: true });
    expect(await core.derivatives.make(sha256)).toBe(true);
    expect(await filesIn(derivativesDirOf(libraryDir))).toHaveLength(2);
    // Only a little coarser at most: here the photo is decoded no larger than is wanted.
    for (const [i, size] of sizes.entries()) {
      const [{ width, height }, old] = [await sharp(files[size]).metadata(), await sharp(before[i]).metadata()];
      expect([width, height]).toEqual([old.width, old.height]);
    }
    // One of the two is enough to be missing.
    await rm(files.thumbnail);
    expect(await core.derivatives.make(sha256)).toBe(true);
    expect((await filesIn(derivativesDirOf(libraryDir))).length).toBe(2);
  });

  it('are not there for what is no photo of the library, even where there is a picture', async () => {
    const { core, eventId, libraryDir, photosDir } = await open();
    await copyFile(sceneFile, path.join(photosDir, 'a.png'));
    const stray = createOriginals({ libraryDir, store: core.store, keep: 'copy' }).pathOf({
      eventId,
      sha256: 'ab'.repeat(32),
    });
    await mkdir(path.dirname(stray), { recursive: true });
    await copyFile(sceneFile, stray);
    const before = await filesIn(path.dirname(libraryDir));
    for (const sha256 of ['0'.repeat(64), 'ab'.repeat(32), '', '..', path.join('..', 'photos', 'a.png')]) {
      expect([sha256, await core.derivatives.make(sha256)]).toEqual([sha256, false]);
    }
    expect(await filesIn(path.dirname(libraryDir))).toEqual(before);
  });

  it('are not there for a photo whose original is gone or cannot be read, and come once it is back', async () => {
    const { core, eventId, libraryDir, photosDir } = await open();
    const sha256 = await take(core, eventId, sceneFile);
    await rm(derivativesDirOf(libraryDir), { recursive: true });
    const original = createOriginals({ libraryDir, store: core.store, keep: 'copy' }).pathOf({ eventId, sha256 });
    const bytes = await readFile(original);
    await rm(original);
    expect(await core.derivatives.make(sha256)).toBe(false);
    await writeFile(original, 'no picture');
    expect(await core.derivatives.make(sha256)).toBe(false);
    expect(await filesIn(derivativesDirOf(libraryDir))).toEqual([]);
    await writeFile(original, bytes);
    expect(await core.derivatives.make(sha256)).toBe(true);

    const broken = path.join(photosDir, 'broken.jpg');
    await writeFile(broken, 'no picture either');
    valueOf(await core.library.take(eventId, broken));
    await core.library.settled();
    expect(await filesIn(derivativesDirOf(libraryDir))).toHaveLength(2);
  });

  it('are made once, however many ask at once', async () => {
    const { core, eventId, libraryDir } = await open();
    const sha256 = await take(core, eventId, sceneFile);
    await rm(derivativesDirOf(libraryDir), { recursive: true });
    let made = 0;
    const vision: Vision = {
      ...core.vision,
      derive: (file, files) => {
        made += 1;
        return core.vision.derive(file, files);
      },
    };
    const originals = createOriginals({ libraryDir, store: core.store, keep: 'copy' });
    const derivatives = createDerivatives({ libraryDir, store: core.store, originals, vision });
    expect(await Promise.all([1, 2, 3, 4].map(() => derivatives.make(sha256)))).toEqual([true, true, true, true]);
    expect(made).toBe(1);
    // Later they may have been deleted again.
    expect(await derivatives.make(sha256)).toBe(true);
    expect(made).toBe(2);
  });

  it('do not keep a photo from being found where they cannot be written', async () => {
    const { core, eventId, libraryDir } = await open();
    await writeFile(derivativesDirOf(libraryDir), 'a file in the place of the folder');
    const sha256 = await take(core, eventId, sceneFile);
    expect(core.store.photos.count(eventId)).toEqual({ stored: 0, indexed: 1, quarantined: 0 });
    expect(await core.derivatives.make(sha256)).toBe(false);
    await rm(derivativesDirOf(libraryDir));
    expect(await core.derivatives.make(sha256)).toBe(true);
  });
});
