// Whether a file ends as its format says; files as programs write them, bit by bit.
import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { wholenessOf } from '../../main/core/sources/wholeness.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { seeded } from '../fixtures/random.ts';

type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'tiff';

/** A picture that does not compress, so that its file is long. */
async function pictureFile(format: Format): Promise<Buffer> {
  const random = seeded(5);
  const noise = Buffer.from(Array.from({ length: 320 * 240 * 3 }, () => Math.floor(random() * 256)));
  return sharp(noise, { raw: { width: 320, height: 240, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

async function wholeness(bytes: Buffer, length = bytes.length): Promise<string> {
  const file = path.join(await temporaryFolder(), 'file');
  await writeFile(file, bytes.subarray(0, bytes.length));
  const handle = await open(file, 'r+');
  await handle.truncate(length);
  await handle.close();
  return wholenessOf(file);
}

const isoFile = (boxes: [string, number][]): Buffer =>
  Buffer.concat(
    boxes.map(([name, length], i) => {
      const box = Buffer.alloc(length, i + 1);
      box.writeUInt32BE(length);
      box.write(name, 4, 'latin1');
      if (name === 'ftyp') box.write('heic', 8, 'latin1');
      return box;
    }),
  );

for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
  it(`tells a ${format} that has been written from one that is being written`, async () => {
    const bytes = await pictureFile(format);
    expect(await wholeness(bytes)).toBe('whole');
    for (const part of [0.02, 0.3, 0.6, 0.9, 0.999]) {
      const length = Math.floor(bytes.length * part);
      expect([part, await wholeness(bytes.subarray(0, length))]).toEqual([part, 'unfinished']);
    }
  });

  it(`does not take a ${format} whose rest is still empty for a whole one`, async () => {
    const bytes = await pictureFile(format);
    for (const part of [0, 0.3, 0.6]) {
      const filled = Buffer.alloc(bytes.length);
      bytes.copy(filled, 0, 0, Math.max(12, Math.floor(bytes.length * part)));
      // Of one that has hardly begun, the little that is there may look like anything.
      if (part > 0 || format !== 'webp') expect([part, await wholeness(filled)]).toEqual([part, 'unfinished']);
    }
  });
}

it('sees the end of a JPEG that has something behind it', async () => {
  const bytes = await pictureFile('jpeg');
  expect(await wholeness(Buffer.concat([bytes, Buffer.alloc(3000)]))).toBe('whole');
  expect(await wholeness(Buffer.concat([bytes, Buffer.from('SEFT and what a phone puts there')]))).toBe('whole');
});

it('walks through ISO media files by their boxes', async () => {
  const whole = isoFile([
    ['ftyp', 24],
    ['meta', 300],
    ['mdat', 9000],
  ]);
  expect(await wholeness(whole)).toBe('whole');
  expect(await wholeness(whole.subarray(0, 5000))).toBe('unfinished');
  expect(await wholeness(whole, whole.length + 100)).toBe('unfinished');
});

it('knows no end of TIFF and of what is built like it, but sees where it is still empty', async () => {
  const bytes = await pictureFile('tiff');
  expect(await wholeness(bytes)).toBe('unknown');
  expect(await wholeness(bytes, bytes.length + 100_000)).toBe('unfinished');
  expect(await wholeness(Buffer.from('not a photo at all'))).toBe('unknown');
  expect(await wholeness(Buffer.alloc(0))).toBe('unfinished');
});

it('says so where a file cannot be read', async () => {
  await expect(wholenessOf('/nowhere/a.jpg')).rejects.toThrow(/ENOENT/);
});
