// RAW files are seen by the JPEG that the camera put into them, upright and dated.
import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../main/workers/vision/decode.ts';
import { copyOf } from '../../main/workers/vision/plate.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { codeOf, valueOf } from '../fixtures/core.ts';
import { exifSegmentOf, withShotTags } from '../fixtures/cameraJpeg.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { rawFile, rawKinds, type RawKind } from '../fixtures/rawFiles.ts';

const [width, height] = [320, 200];

/** Red above, and blue in its left half below: no two of the eight orientations look the same. */
async function scene(scale = 1): Promise<Buffer> {
  const block = (background: string, across: number, down: number) =>
    sharp({ create: { width: across * scale, height: down * scale, channels: 3, background } })
      .png()
      .toBuffer();
  return sharp({ create: { width: width * scale, height: height * scale, channels: 3, background: '#ffffff' } })
    .composite([
      { input: await block('#ff0000', 320, 60), left: 0, top: 0 },
      { input: await block('#0000ff', 120, 140), left: 0, top: 60 * scale },
    ])
    .jpeg({ quality: 95 })
    .toBuffer();
}

const decodedFrom = async (bytes: Buffer) => {
  const file = path.join(await temporaryFolder(), 'original');
  await writeFile(file, bytes);
  return decode({ path: file }, 400, 250_000_000);
};

/** Colours of the four corners. */
async function cornersOf(bytes: Buffer): Promise<string> {
  const picture = copyOf(valueOf(await decodedFrom(bytes)).plate, 400);
  const at = (x: number, y: number) => {
    const from = (Math.floor(y * picture.height) * picture.width + Math.floor(x * picture.width)) * 3;
    const [red, green, blue] = picture.pixels.subarray(from, from + 3);
    return red > 200 && green > 200 && blue > 200 ? 'w' : red > blue ? 'r' : 'b';
  };
  return `${at(0.1, 0.1)}${at(0.9, 0.1)}${at(0.1, 0.9)}${at(0.9, 0.9)}`;
}

const rawOf = async (kind: RawKind, orientation?: number) =>
  rawFile(kind, {
    preview:
      kind === 'raf' ? await withShotTags(await scene(), { at: '2026-06-20T21:04:09', serial: '4711' }) : await scene(),
    thumbnail: await scene(0.25),
    ...(orientation === undefined ? {} : { orientation }),
    at: '2026:06:20 21:04:09',
    serial: '4711',
  });

describe('a RAW file', () => {
  for (const kind of rawKinds) {
    it(`${kind} is seen by its largest preview, and dated by the camera`, async () => {
      const decoded = valueOf(await decodedFrom(await rawOf(kind)));
      expect(decoded).toMatchObject({ width, height, notes: ['note.raw-preview'] });
      expect(decoded.capture).toMatchObject({ at: '2026-06-20T21:04:09', serial: '4711' });
      expect(await cornersOf(await rawOf(kind))).toBe('rrbw');
    });
  }

  for (const kind of ['nef', 'cr2', 'cr3'] as const) {
    it(`${kind} stands upright however the camera was held`, async () => {
      const preview = await scene();
      for (let orientation = 1; orientation <= 8; orientation++) {
        // sharp's own word on the same picture, were it a JPEG that says so.
        const turned = await sharp(preview).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
        expect(exifSegmentOf(turned).length).toBeGreaterThan(0);
        const [raw, jpeg] = [
          valueOf(await decodedFrom(await rawOf(kind, orientation))),
          valueOf(await decodedFrom(turned)),
        ];
        expect([orientation, raw.width, raw.height]).toEqual([orientation, jpeg.width, jpeg.height]);
        expect([orientation, await cornersOf(await rawOf(kind, orientation))]).toEqual([
          orientation,
          await cornersOf(turned),
        ]);
      }
    });
  }

  it('without a preview is no picture that can be looked at', async () => {
    const none = rawFile('nef', { preview: Buffer.alloc(0), thumbnail: Buffer.alloc(0) });
    expect(codeOf(await decodedFrom(none))).toBe('photo.unsupported-format');
  });

  it('is not what a photo that was exported as TIFF is', async () => {
    const tiff = await sharp(await scene())
      .tiff()
      .toBuffer();
    expect(valueOf(await decodedFrom(tiff))).toMatchObject({ width, height, notes: [] });
  });

  it('of two gigabytes of nothing is soon done with', async () => {
    const file = path.join(await temporaryFolder(), 'original');
    await writeFile(file, (await rawOf('nef')).subarray(0, 3000));
    const handle = await open(file, 'r+');
    await handle.truncate(2 * 1024 ** 3);
    await handle.close();
    const startMs = performance.now();
    expect(codeOf(await decode({ path: file }, 400, 250_000_000))).toBe('photo.unsupported-format');
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });

  it('that is damaged anywhere gives a picture or a fault, and ends', async () => {
    const raws = await Promise.all(rawKinds.map((kind) => rawOf(kind, 6)));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...raws),
        fc.array(fc.tuple(fc.nat(6000), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        fc.option(fc.nat(60_000)),
        async (raw, changes, length) => {
          const damaged = Buffer.from(length === null ? raw : raw.subarray(0, length));
          for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
          const outcome = await decodedFrom(damaged);
          if (!outcome.ok) expect(outcome.fault.code).toMatch(/^photo\./);
        },
      ),
      { numRuns: 60 },
    );
  });
});
