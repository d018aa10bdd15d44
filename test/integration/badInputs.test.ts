// A folder as it comes from the world: each file that cannot be searched is named with its reason, and all others are searched.
import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { badPhotos, writeBad } from '../fixtures/badPhotos.ts';
import type { remarkSchema } from '../fixtures/cli.ts';
import { ingestResultSchema, jsonOf, runCli, type CliEnd } from '../fixtures/cli.ts';
import { makeFolder, removeFolder, temporaryFolder } from '../fixtures/folders.ts';
import { facesInScene } from '../fixtures/photos.ts';

const resultOf = (end: CliEnd) => ingestResultSchema.parse(jsonOf(end));

const isWindows = process.platform === 'win32';
const longName = `${'n'.repeat(251)}.jpg`;

const searched = {
  'plain.jpg': badPhotos.jpeg,
  'progressive.jpg': badPhotos.progressiveJpeg,
  'gray.jpg': badPhotos.grayJpeg,
  'transparent.png': badPhotos.transparentPng,
  'says-png-is-jpeg.png': badPhotos.jpeg,
  'cmyk.jpg': badPhotos.cmykJpeg,
  'sixteen-bit.png': badPhotos.sixteenBitPng,
  'plain.avif': badPhotos.avif,
  'plain.webp': badPhotos.webp,
  'animated.gif': () => badPhotos.animated('gif'),
  'animated.webp': () => badPhotos.animated('webp'),
  'été 📷 日本.jpg': badPhotos.jpeg,
  [longName]: badPhotos.jpeg,
  ...(isWindows ? {} : { 'new\nline.jpg': badPhotos.jpeg, 'esc\u001b[2J.jpg': badPhotos.jpeg }),
} satisfies Record<string, () => Promise<Uint8Array>>;

const noted = {
  'animated.gif': 'note.first-frame-only',
  'animated.webp': 'note.first-frame-only',
  'cmyk.jpg': 'note.converted-cmyk',
  'sixteen-bit.png': 'note.converted-16-bit',
};

const refused = {
  'text.jpg': [badPhotos.text, 'photo.not-an-image'],
  'drawing.jpg': [badPhotos.drawing, 'photo.unsupported-format'],
  'truncated.jpg': [badPhotos.truncatedJpeg, 'photo.truncated'],
  'truncated.png': [badPhotos.truncatedPng, 'photo.truncated'],
  'damaged.jpg': [badPhotos.damagedJpeg, 'photo.damaged'],
  'empty.jpg': [badPhotos.empty, 'photo.empty'],
  'one-pixel.png': [badPhotos.onePixel, 'photo.too-small'],
  'huge.png': [badPhotos.hugePng, 'photo.too-large'],
  'huge.jpg': [badPhotos.hugeJpeg, 'photo.too-large'],
  'phone.heic': [badPhotos.heic, 'photo.unsupported-format'],
} satisfies Record<string, [() => Promise<Uint8Array>, string]>;

/** Name of file to code, as told. */
const told = (remarks: readonly z.infer<typeof remarkSchema>[], folder: string) =>
  Object.fromEntries(remarks.map(({ path: file, code }) => [path.relative(folder, file), code]));

describe('a folder with everything in it', () => {
  let folder: string;
  let photosDir: string;
  let args: string[];
  let first: CliEnd;
  let names: string[];
  beforeAll(async () => {
    folder = await makeFolder();
    photosDir = path.join(folder, 'photos');
    await mkdir(path.join(photosDir, 'folder.jpg'), { recursive: true });
    for (const [name, bytes] of Object.entries(searched)) {
      // A tag after the end makes each its own photo.
      const tagged = bytes().then((all) => Buffer.concat([all, Buffer.from(name)]));
      await writeBad(path.join(photosDir, name), tagged);
    }
    for (const [name, [bytes]] of Object.entries(refused)) await writeBad(path.join(photosDir, name), bytes());
    await writeBad(path.join(photosDir, 'folder.jpg', 'inside.jpg'), badPhotos.jpeg());
    // Not photos: passed over without a word.
    await writeBad(path.join(photosDir, '._plain.jpg'), badPhotos.text());
    await writeBad(path.join(photosDir, 'notes.txt'), badPhotos.text());
    if (!isWindows) {
      await symlink('loop.jpg', path.join(photosDir, 'loop.jpg'));
      await symlink(photosDir, path.join(photosDir, 'folder.jpg', 'around'));
    }
    names = await readdir(photosDir, { recursive: true });
    args = ['ingest', '--photos', photosDir, '--library', path.join(folder, 'library')];
    first = await runCli([...args, '--json'], { poolSize: 2 });
  });
  afterAll(() => removeFolder(folder));

  it('has every good photo searched', () => {
    const good = Object.keys(searched).length + 1;
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(resultOf(first)).toMatchObject({
      files: good + Object.keys(refused).length,
      indexed: good,
      // The empty file is not taken at all.
      quarantined: Object.keys(refused).length - 1,
      faces: good * facesInScene,
    });
  });

  it('has every bad one named with its reason', () => {
    const codes = Object.fromEntries(Object.entries(refused).map(([name, [, code]]) => [name, code]));
    expect(told(resultOf(first).problems, photosDir)).toEqual(codes);
  });

  it('has a word on what was converted', () => {
    expect(told(resultOf(first).notes, photosDir)).toEqual(noted);
  });

  it('is left as it was', async () => {
    expect(await readdir(photosDir, { recursive: true })).toEqual(names);
  });

  it('is told of in the same way the next time, when nothing is new', async () => {
    const [before, again] = [resultOf(first), resultOf(await runCli([...args, '--json']))];
    expect(again).toMatchObject({ taken: 0, known: before.files - 1, indexed: before.indexed, faces: before.faces });
    expect(told(again.problems, photosDir)).toEqual(told(before.problems, photosDir));
    expect(told(again.notes, photosDir)).toEqual(noted);
  });

  it('is told of to a person line by line, whatever the names hold', async () => {
    const { code, stderr } = await runCli(args);
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/(?!\n)\p{Cc}/u);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(Object.keys(refused).length + Object.keys(noted).length);
    for (const line of lines) expect(line).toMatch(/^(photo|note)\.[a-z0-9-]+ {2}\S.* {2}\S/);
  });
});

describe('a folder with nothing but bad ones', () => {
  it('ends in exit code 1, and still in the whole story', async () => {
    const folder = await temporaryFolder();
    const photosDir = path.join(folder, 'photos');
    await mkdir(photosDir);
    await writeBad(path.join(photosDir, 'text.jpg'), badPhotos.text());
    await writeBad(path.join(photosDir, 'empty.jpg'), badPhotos.empty());
    const end = await runCli(['ingest', '--json', '--photos', photosDir, '--library', path.join(folder, 'library')]);
    expect(end.code).toBe(1);
    const result = resultOf(end);
    expect(result).toMatchObject({ files: 2, indexed: 0, faces: 0 });
    expect(told(result.problems, photosDir)).toEqual({
      'text.jpg': 'photo.not-an-image',
      'empty.jpg': 'photo.empty',
    });
  });
});
