// The stand-in for the photographer does what real tools do.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { exifOf } from '../../main/workers/vision/exif.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { photograph, patternNames, type PatternName } from '../fixtures/photographer/index.ts';
import { seeded } from '../fixtures/random.ts';

async function pictures(count: number): Promise<Buffer[]> {
  const random = seeded(3);
  return Promise.all(
    Array.from({ length: count }, () => {
      const noise = Buffer.from(Array.from({ length: 160 * 120 * 3 }, () => Math.floor(random() * 256)));
      return sharp(noise, { raw: { width: 160, height: 120, channels: 3 } })
        .jpeg({ quality: 95 })
        .toBuffer();
    }),
  );
}

const endOfImage = Buffer.from([0xff, 0xd9]);

/** Looks at a file again and again while it comes to be. */
async function watchOne(pattern: PatternName) {
  const folder = await temporaryFolder();
  const file = path.join(folder, '100CANON', 'IMG_0001.JPG');
  let isDone = false;
  const seen: { size: number; isWhole: boolean; modifiedMs: number }[] = [];
  const looking = (async () => {
    while (!isDone) {
      const bytes = await readFile(file).catch(() => undefined);
      const status = await stat(file).catch(() => undefined);
      if (bytes !== undefined && status !== undefined) {
        seen.push({
          size: bytes.length,
          isWhole: bytes.lastIndexOf(endOfImage) > bytes.length / 2,
          modifiedMs: status.mtimeMs,
        });
      }
      await sleep(5);
    }
  })();
  const [shot] = await photograph({
    folder,
    pictures: await pictures(1),
    count: 1,
    perSecond: 100,
    seed: 1,
    patterns: [pattern],
  });
  // Once more, as it is in the end.
  await sleep(30);
  isDone = true;
  await looking;
  const bytes = await readFile(file);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(shot.sha256);
  expect(shot).toMatchObject({ path: file, pattern, picture: 0 });
  return { seen, bytes, folder };
}

describe('the photographer', () => {
  it('writes files that grow', async () => {
    const { seen, bytes } = await watchOne('slowWrite');
    expect(new Set(seen.map(({ size }) => size)).size).toBeGreaterThan(3);
    for (const { size, isWhole } of seen) expect(isWhole).toBe(size === bytes.length);
  });

  it('writes files that appear whole, and leaves nothing else behind', async () => {
    const { seen, bytes, folder } = await watchOne('tempThenRename');
    for (const { size } of seen) expect(size).toBe(bytes.length);
    expect(await filesIn(folder)).toEqual([path.join('100CANON', 'IMG_0001.JPG')]);
  });

  it('writes files that are as long as they will be from the first moment on', async () => {
    const { seen, bytes } = await watchOne('preallocated');
    const started = seen.filter(({ size }) => size > 0);
    expect(new Set(started.map(({ size }) => size))).toEqual(new Set([bytes.length]));
    expect(started.some(({ isWhole }) => !isWhole)).toBe(true);
  });

  it('dates files back, and writes them twice', async () => {
    const { folder } = await watchOne('copyThenDate');
    const { mtimeMs } = await stat(path.join(folder, '100CANON', 'IMG_0001.JPG'));
    expect(Date.now() - mtimeMs).toBeGreaterThan(80_000_000);
    const { seen } = await watchOne('exportTwice');
    expect(new Set(seen.filter(({ isWhole }) => isWhole).map(({ size }) => size)).size).toBe(2);
  });

  it('gives the same files for the same seed, each of them its own, named and dated as a camera does it', async () => {
    const [first, second] = [await temporaryFolder(), await temporaryFolder()];
    const options = { pictures: await pictures(3), count: 30, perSecond: 1000, seed: 7, patterns: ['atOnce'] as const };
    const shots = await photograph({ ...options, folder: first });
    const again = await photograph({ ...options, folder: second });
    expect(again.map(({ sha256 }) => sha256)).toEqual(shots.map(({ sha256 }) => sha256));
    expect(new Set(shots.map(({ sha256 }) => sha256)).size).toBe(30);
    expect(path.basename(shots[29].path)).toBe('IMG_0030.JPG');
    const times = await Promise.all(
      shots.map(async (shot) => (await exifOf((await sharp(await readFile(shot.path)).metadata()).exif)).capture),
    );
    expect(times[0]).toMatchObject({ camera: 'Canon EOS R6', serial: '083021000471', lens: 'RF50mm F1.2 L USM' });
    const moments = times.map(({ at, subSecondMs }) => Date.parse(`${at ?? ''}Z`) + (subSecondMs ?? 0));
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  });

  it('knows every way by its name', () => {
    expect(patternNames).toHaveLength(6);
  });
});
