// Folders that photographers fill while the booth runs: real ones, on a real disk.
import { appendFile, copyFile, mkdir, open, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSources } from '../../main/core/sources/index.ts';
import type { Arrival } from '../../main/core/store/index.ts';
import { fail, ok, watchedFolderSchema, type Result } from '../../preload/index.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { sampleFile } from '../fixtures/photos.ts';

const rescanMs = 40;

interface WatchOptions {
  except?: string;
  rescanMs?: number;
  /** What becomes of a file; taken if not given. */
  take?: (file: string) => Promise<Result<unknown>>;
  mayTake?: () => boolean;
}

const foldersOf = (paths: readonly string[]) => paths.map((folder) => watchedFolderSchema.parse(folder));

/** Watches folders until the end of the test. @returns what was taken, in that order, and what was said in the log */
function watch(
  folders: readonly string[],
  { except = '/nowhere', take = () => Promise.resolve(ok({})), mayTake = () => true, ...options }: WatchOptions = {},
) {
  const taken: string[] = [];
  const arrivals: Arrival[] = [];
  const said: { subject?: string; code?: string; msg: string }[] = [];
  const log = pino(
    { level: 'warn' },
    { write: (line: string) => said.push(JSON.parse(line) as (typeof said)[number]) },
  );
  const sources = createSources({
    except,
    rescanMs: options.rescanMs ?? rescanMs,
    take: async (file, arrival) => {
      const result = await take(file);
      if (!result.ok) return result;
      taken.push(file);
      arrivals.push(arrival);
      return ok({ isNew: true });
    },
    mayTake,
    log,
  });
  void sources.set(foldersOf(folders));
  onTestFinished(() => sources.stop());
  return { taken, arrivals, said, sources, stop: () => sources.stop() };
}

/** Long enough for a file to have settled, and to be looked at again several times. */
const aWhile = () => sleep(1_600);

/** A file that has been there for an hour. */
async function oldFile(file: string, content = file): Promise<string> {
  await writeFile(file, content);
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await utimes(file, anHourAgo, anHourAgo);
  return file;
}

const untilTaken = (taken: readonly string[], count: number) =>
  vi.waitFor(() => expect(taken).toHaveLength(count), { timeout: 10_000, interval: 20 });

const jpeg = () => readFile(sampleFile(1));

describe('watched folders', () => {
  it('give each photo once: what is there, and what comes, in folders inside too', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'DCIM', '100'), { recursive: true });
    const first = await oldFile(path.join(folder, 'a.jpg'));
    const inside = await oldFile(path.join(folder, 'DCIM', '100', 'b.JPG'));
    const { taken, said } = watch([folder]);
    await untilTaken(taken, 2);
    expect(taken).toEqual([inside, first]);

    const later = await oldFile(path.join(folder, 'c.png'));
    await untilTaken(taken, 3);
    await aWhile();
    expect(taken).toEqual([inside, first, later]);
    expect(said).toEqual([]);
  });

  it('give nothing that is no photo, and nothing of the library’s own', async () => {
    const folder = await temporaryFolder();
    const library = path.join(folder, 'library');
    await mkdir(path.join(library, 'originals'), { recursive: true });
    await oldFile(path.join(library, 'originals', 'own.jpg'));
    await oldFile(path.join(folder, '._a.jpg'));
    await oldFile(path.join(folder, 'notes.txt'));
    const photo = await oldFile(path.join(folder, 'a.jpg'));
    await symlink(photo, path.join(folder, 'link.jpg'));
    const { taken } = watch([folder], { except: library });
    await aWhile();
    expect(taken).toEqual([photo]);
  });

  it('give a photo again once it has been changed', async () => {
    const folder = await temporaryFolder();
    const photo = await oldFile(path.join(folder, 'a.jpg'));
    const { taken } = watch([folder]);
    await untilTaken(taken, 1);
    await oldFile(photo, 'another content');
    await untilTaken(taken, 2);
    await aWhile();
    expect(taken).toEqual([photo, photo]);
  });

  it('wait for a file that is still being written, however long nobody writes', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'a.jpg');
    const bytes = await jpeg();
    const { taken } = watch([folder]);
    await writeFile(file, bytes.subarray(0, 20_000));
    await sleep(2_500);
    expect(taken).toEqual([]);
    await appendFile(file, bytes.subarray(20_000));
    const writtenMs = performance.now();
    await untilTaken(taken, 1);
    expect(performance.now() - writtenMs).toBeGreaterThan(250);
  });

  it('wait for a file that is as long as it will be and is still being filled', async () => {
    const folder = await temporaryFolder();
    const bytes = await jpeg();
    const { taken } = watch([folder]);
    const file = await open(path.join(folder, 'a.jpg'), 'w');
    await file.truncate(bytes.length);
    for (let at = 0; at < bytes.length; at += 40_000) {
      expect(taken).toEqual([]);
      await file.write(bytes, at, Math.min(40_000, bytes.length - at), at);
      await sleep(400);
    }
    await file.close();
    await untilTaken(taken, 1);
  });

  it('see at once what comes, long before they are looked through again', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'DCIM'));
    const { taken, arrivals, sources } = watch([folder], { rescanMs: 3_600_000 });
    await vi.waitFor(() => expect(sources.health().get(folder)?.state).toBe('watching'), { timeout: 5_000 });
    const inside = path.join(folder, 'DCIM', 'Sortie');
    await mkdir(inside);
    await writeFile(path.join(folder, 'a.jpg.part'), await jpeg());
    await rename(path.join(folder, 'a.jpg.part'), path.join(folder, 'a.jpg'));
    await writeFile(path.join(inside, 'b.jpg'), await jpeg());
    await untilTaken(taken, 2);
    // What a look through the folder would not take, a hint does not bring in either.
    await mkdir(path.join(folder, '.thumbnails'));
    await writeFile(path.join(folder, '.thumbnails', 'a.jpg'), await jpeg());
    await symlink(path.join(folder, 'a.jpg'), path.join(folder, 'link.jpg'));
    await aWhile();
    expect(taken).toHaveLength(2);
    expect(arrivals.map(({ album }) => album).sort()).toEqual(['', 'DCIM/Sortie']);
    expect(sources.health().get(folder)).toMatchObject({ state: 'watching', taken: 2, waiting: 0, troubled: 0 });
  });

  it('take nothing while there is no room, and all of it afterwards', async () => {
    const folder = await temporaryFolder();
    let isRoom = false;
    const { taken, sources } = watch([folder], { mayTake: () => isRoom });
    for (const name of ['a.jpg', 'b.jpg']) await oldFile(path.join(folder, name));
    await aWhile();
    expect(taken).toEqual([]);
    expect(sources.health().get(folder)).toMatchObject({ state: 'paused', waiting: 2 });
    isRoom = true;
    await untilTaken(taken, 2);
  });

  it('can be switched off and on, renamed and removed, and the others are not disturbed', async () => {
    const [first, second] = [await temporaryFolder(), await temporaryFolder()];
    const { taken, arrivals, sources } = watch([first, second]);
    const [a, b] = foldersOf([first, second]);
    await sources.set([{ ...a, isOn: false }, b]);
    await oldFile(path.join(first, 'a.jpg'));
    await oldFile(path.join(second, 'b.jpg'));
    await untilTaken(taken, 1);
    expect([...sources.health().keys()]).toEqual([second]);
    await sources.set([{ ...a, photographer: 'Léa' }, b]);
    await untilTaken(taken, 2);
    expect(arrivals.at(-1)).toEqual({ folder: first, album: '', photographer: 'Léa' });
    await sources.set([b]);
    await oldFile(path.join(first, 'c.jpg'));
    await aWhile();
    expect(taken).toHaveLength(2);
    // The second was watched all along: nothing of it was offered twice.
    expect(taken.filter((file) => file.startsWith(second))).toHaveLength(1);
  });

  it('take a photo of a camera whose clock is ahead, once it has been written', async () => {
    const folder = await temporaryFolder();
    const photo = path.join(folder, 'a.jpg');
    const { taken } = watch([folder]);
    const inTwoHours = new Date(Date.now() + 7_200_000);
    const bytes = await jpeg();
    for (let at = 0; at < bytes.length; at += 20_000) {
      await appendFile(photo, bytes.subarray(at, at + 20_000));
      await utimes(photo, inTwoHours, inTwoHours);
      await sleep(100);
      if (at + 20_000 < bytes.length) expect(taken).toEqual([]);
    }
    await untilTaken(taken, 1);
    await aWhile();
    expect(taken).toEqual([photo]);
  });

  it('may be missing for a while', async () => {
    const parent = await temporaryFolder();
    const folder = path.join(parent, 'card');
    const other = await temporaryFolder();
    const { taken, said } = watch([folder, other]);
    await aWhile();
    expect(said).toMatchObject([{ subject: folder, code: 'folder.missing' }]);

    await mkdir(folder);
    const photo = await oldFile(path.join(folder, 'a.jpg'));
    await untilTaken(taken, 1);
    await rename(folder, path.join(parent, 'away'));
    const elsewhere = await oldFile(path.join(other, 'b.jpg'));
    await untilTaken(taken, 2);
    await rename(path.join(parent, 'away'), folder);
    await aWhile();
    // As where only a part of it is seen while it goes.
    await rename(photo, path.join(parent, 'b.jpg'));
    await aWhile();
    await rename(path.join(parent, 'b.jpg'), photo);
    await aWhile();
    // Nothing of it is taken again, and it is said once only.
    expect(taken).toEqual([photo, elsewhere]);
    expect(said).toHaveLength(1);
  });

  it('offer a photo again that was not taken, without filling the log', async () => {
    const folder = await temporaryFolder();
    const photo = await oldFile(path.join(folder, 'a.jpg'));
    let isFull = true;
    let offers = 0;
    const { taken, said } = watch([folder], {
      take: () => {
        offers += 1;
        return Promise.resolve(isFull ? fail('library.full') : ok({}));
      },
    });
    await vi.waitFor(() => expect(offers).toBeGreaterThan(3), { timeout: 5_000 });
    expect(taken).toEqual([]);
    expect(said).toMatchObject([{ subject: photo, code: 'library.full' }]);
    isFull = false;
    await untilTaken(taken, 1);
  });

  it('go on with the others where taking one of them brings out a bug', async () => {
    const folder = await temporaryFolder();
    await oldFile(path.join(folder, 'a.jpg'));
    const good = await oldFile(path.join(folder, 'b.jpg'));
    const { taken, said } = watch([folder], {
      take: (file) => (file === good ? Promise.resolve(ok({})) : Promise.reject(new Error('a bug'))),
    });
    await untilTaken(taken, 1);
    await aWhile();
    expect(taken).toEqual([good]);
    expect(said).toHaveLength(1);
  });

  it('are left alone once it has been told to stop, after what is under way', async () => {
    const folder = await temporaryFolder();
    for (const name of ['a.jpg', 'b.jpg']) await oldFile(path.join(folder, name));
    let isTaking = false;
    const { taken, stop } = watch([folder], {
      take: async () => {
        isTaking = true;
        await sleep(300);
        isTaking = false;
        return ok({});
      },
    });
    await vi.waitFor(() => expect(isTaking).toBe(true), { timeout: 5_000, interval: 10 });
    await stop();
    expect(isTaking).toBe(false);
    expect(taken).toEqual([path.join(folder, 'a.jpg')]);
    await oldFile(path.join(folder, 'c.jpg'));
    await aWhile();
    expect(taken).toHaveLength(1);
  });

  it('are let go of at once while nothing is under way', async () => {
    const folder = await temporaryFolder();
    const photo = await oldFile(path.join(folder, 'a.jpg'));
    const { taken, stop } = watch([folder]);
    await untilTaken(taken, 1);
    const startMs = performance.now();
    await stop();
    expect(performance.now() - startMs).toBeLessThan(500);
    await copyFile(photo, path.join(folder, 'b.jpg'));
    await rm(photo);
    expect(taken).toEqual([photo]);
  });
});
