// A photo's way from a file to a searchable face, with real workers, a real database and the real models.
import { createHash } from 'node:crypto';
import { appendFile, copyFile, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Core } from '../../main/core/index.ts';
import { codeOf, openBooth, pendingPhoto, startBooth, valueOf } from '../fixtures/core.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { facesInScene, rolledFile, sceneFile, writeVariant, writeVariants } from '../fixtures/photos.ts';

/** A folder for photos and one for the library. */
async function places(): Promise<{ photosDir: string; libraryDir: string }> {
  const folder = await temporaryFolder();
  const photosDir = path.join(folder, 'photos');
  await mkdir(photosDir);
  return { photosDir, libraryDir: path.join(folder, 'library') };
}

const sha256Of = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

async function takeAll(core: Core, eventId: number, files: readonly string[]): Promise<number[]> {
  const photoIds: number[] = [];
  for (const file of files) photoIds.push(valueOf(await core.library.take(eventId, file)).photoId);
  return photoIds;
}

/** Every photo that the index has of an event, by asking for any face whatever. */
async function indexedPhotos(core: Core, eventId: number): Promise<number[]> {
  const { face, packKey } = valueOf(await core.guests.probe(await readFile(rolledFile)));
  const { matches } = valueOf(await core.index.search(eventId, { packKey, template: face.template }, -1));
  return matches.map(({ photoId }) => photoId).sort((a, b) => a - b);
}

describe('a photo', () => {
  it('is stored, then indexed, and then found', async () => {
    const { photosDir, libraryDir } = await places();
    const { core } = await openBooth({ libraryDir });
    const { id } = core.events.open('wedding');
    const told: string[] = [];
    core.library.events.on('photo:stored', () => told.push('stored'));
    core.library.events.on('photo:indexed', ({ faces }) => told.push(`indexed with ${String(faces)} faces`));

    const file = await writeVariant(sceneFile, '', path.join(photosDir, 'IMG_1.PNG'));
    const [photoId] = await takeAll(core, id, [file]);
    expect(core.store.photos.count(id)).toEqual({ stored: 1, indexed: 0, quarantined: 0 });
    await core.library.settled();
    expect(core.store.photos.count(id)).toEqual({ stored: 0, indexed: 1, quarantined: 0 });
    expect(told).toEqual(['stored', `indexed with ${String(facesInScene)} faces`]);

    const visit = valueOf(await core.guests.findPhotos(id, await readFile(rolledFile)));
    expect(visit.searchedFaces).toBe(facesInScene);
    expect(visit.matches).toMatchObject([{ photoId, decision: 'sure' }]);
    // The middle one of three.
    const box = core.store.faces.boxOf(visit.matches[0].faceId);
    expect(box?.x).toBeGreaterThan(110);
    expect(box?.x).toBeLessThan(170);
  });

  it('is set aside with its reason where it cannot be searched', async () => {
    const { photosDir, libraryDir } = await places();
    const { core } = await openBooth({ libraryDir });
    const { id } = core.events.open('wedding');
    const text = path.join(photosDir, 'text.jpg');
    await writeFile(text, 'Dear diary');
    const empty = path.join(photosDir, 'empty.jpg');
    await writeFile(empty, '');

    expect(codeOf(await core.library.take(id, empty))).toBe('photo.empty');
    expect(codeOf(await core.library.take(id, path.join(photosDir, 'gone.jpg')))).toBe('photo.unreadable');
    expect(codeOf(await core.library.take(id, photosDir))).toBe('photo.unreadable');
    await takeAll(core, id, [text]);
    await core.library.settled();
    expect(core.store.photos.count(id)).toEqual({ stored: 0, indexed: 0, quarantined: 1 });
    expect(core.store.photos.listQuarantined(id)).toMatchObject([
      { path: text, fault: { code: 'photo.not-an-image' } },
    ]);
  });

  it('is one photo, however many files hold its bytes', async () => {
    const { photosDir, libraryDir } = await places();
    const { core } = await openBooth({ libraryDir });
    const { id } = core.events.open('wedding');
    const files = ['a.png', 'b.PNG'].map((name) => path.join(photosDir, name));
    for (const file of files) await copyFile(sceneFile, file);

    const first = valueOf(await core.library.take(id, files[0]));
    const second = valueOf(await core.library.take(id, files[1]));
    expect(first.isNew).toBe(true);
    expect(second).toMatchObject({ photoId: first.photoId, isNew: false });
    await core.library.settled();
    expect(core.store.photos.originsOf(first.photoId)).toEqual(files);
    expect(core.store.photos.count(id)).toEqual({ stored: 0, indexed: 1, quarantined: 0 });
    expect(core.store.faces.count(id)).toBe(facesInScene);
    expect(await filesIn(path.join(libraryDir, 'originals'))).toHaveLength(1);
  });

  it('that was set aside is tried again when that is asked for', async () => {
    const { photosDir, libraryDir } = await places();
    const { core } = await openBooth({ libraryDir });
    const { id } = core.events.open('wedding');
    const file = path.join(photosDir, 'a.png');
    await copyFile(sceneFile, file);
    const [photoId] = await takeAll(core, id, [file]);
    await core.library.settled();
    core.store.photos.markQuarantined(pendingPhoto(core.store, photoId), { code: 'photo.too-slow' });

    valueOf(core.library.retry(id));
    await core.library.settled();
    expect(core.store.photos.count(id)).toEqual({ stored: 0, indexed: 1, quarantined: 0 });
    expect(core.store.faces.count(id)).toBe(facesInScene);
  });

  it('is taken anew when its file has become another', async () => {
    const { photosDir, libraryDir } = await places();
    const { core } = await openBooth({ libraryDir });
    const { id } = core.events.open('wedding');
    const file = path.join(photosDir, 'a.png');
    await copyFile(sceneFile, file);
    const [first] = await takeAll(core, id, [file]);
    await writeVariant(rolledFile, '', file);
    const [second] = await takeAll(core, id, [file]);
    expect(second).not.toBe(first);
    await core.library.settled();
    expect(await indexedPhotos(core, id)).toEqual([first, second]);
    expect(core.store.photos.originsOf(second)).toEqual([file]);
  });

  it('is not taken while it is still being written', async () => {
    const { photosDir, libraryDir } = await places();
    const { core } = await openBooth({ libraryDir });
    const { id } = core.events.open('wedding');
    const file = path.join(photosDir, 'growing.png');
    await copyFile(sceneFile, file);
    await appendFile(file, Buffer.alloc(24 * 1024 ** 2));

    let isWritten = false;
    const writer = (async () => {
      while (!isWritten) {
        await appendFile(file, 'more');
        await setTimeout(2);
      }
    })();
    const taken = await core.library.take(id, file);
    isWritten = true;
    await writer;
    expect(codeOf(taken)).toBe('photo.changed-while-read');
    expect(await filesIn(libraryDir)).not.toContainEqual(expect.stringMatching(/^(originals|incoming)/));
    expect(core.store.photos.count(id)).toEqual({ stored: 0, indexed: 0, quarantined: 0 });

    await takeAll(core, id, [file]);
    await core.library.settled();
    expect(core.store.photos.count(id)).toEqual({ stored: 0, indexed: 1, quarantined: 0 });
  });

  it('lies in the library byte for byte, under the name of its content, and its file is not touched', async () => {
    const { photosDir, libraryDir } = await places();
    const { core } = await openBooth({ libraryDir });
    const { id } = core.events.open('wedding');
    const file = path.join(photosDir, 'IMG_0001.PNG');
    await copyFile(sceneFile, file);
    await utimes(file, new Date('2024-06-01T12:00:00Z'), new Date('2024-06-01T12:00:00Z'));
    const before = await stat(file);

    await takeAll(core, id, [file]);
    await core.library.settled();

    const sha256 = await sha256Of(sceneFile);
    const original = path.join(core.store.events.get(id)?.uid ?? '', sha256.slice(0, 2), sha256);
    expect(await filesIn(path.join(libraryDir, 'originals'))).toEqual([original]);
    expect(await sha256Of(path.join(libraryDir, 'originals', original))).toBe(sha256);
    expect(await filesIn(path.join(libraryDir, 'incoming'))).toEqual([]);

    expect(await sha256Of(file)).toBe(sha256);
    const { mtimeMs, ino, mode, nlink, size } = await stat(file);
    expect({ mtimeMs, ino, mode, nlink, size }).toEqual({
      mtimeMs: before.mtimeMs,
      ino: before.ino,
      mode: before.mode,
      nlink: 1,
      size: before.size,
    });
    expect(await filesIn(photosDir)).toEqual(['IMG_0001.PNG']);
  });

  it('is searched again once its lost original has come back', async () => {
    const { photosDir, libraryDir } = await places();
    const file = path.join(photosDir, 'a.png');
    await copyFile(sceneFile, file);
    const first = await openBooth({ libraryDir });
    const { id } = first.core.events.open('wedding');
    await takeAll(first.core, id, [file]);
    await first.stop();
    await rm(path.join(libraryDir, 'originals'), { recursive: true });

    const { core } = await openBooth({ libraryDir });
    if (core.library.resume(id) > 0) {
      await core.library.settled();
      expect(core.store.photos.listQuarantined(id)).toMatchObject([{ fault: { code: 'photo.missing-original' } }]);
    }
    await takeAll(core, id, [file]);
    await core.library.settled();
    expect(core.store.photos.count(id)).toEqual({ stored: 0, indexed: 1, quarantined: 0 });
    expect(await filesIn(path.join(libraryDir, 'originals'))).toHaveLength(1);
  });
});

describe('a library', () => {
  it('goes on at its next start where it was stopped', async () => {
    const { photosDir, libraryDir } = await places();
    const files = await writeVariants(sceneFile, 12, photosDir);
    const first = await openBooth({ libraryDir });
    const { id } = first.core.events.open('wedding');
    const photoIds = await takeAll(first.core, id, files);
    await first.stop();

    const { core } = await openBooth({ libraryDir });
    const left = core.store.photos.count(id).stored;
    expect(left).toBeGreaterThan(0);
    expect(core.library.resume(id)).toBe(left);
    await core.library.settled();
    expect(core.store.photos.count(id)).toEqual({ stored: 0, indexed: 12, quarantined: 0 });
    expect(core.store.faces.count(id)).toBe(12 * facesInScene);
    expect(await indexedPhotos(core, id)).toEqual(photoIds);
    expect(core.library.resume(id)).toBe(0);
  });

  it('has its faces ready to be found as soon as it is started', async () => {
    const { photosDir, libraryDir } = await places();
    const first = await openBooth({ libraryDir });
    const events = ['wedding', 'gala'].map((code) => first.core.events.open(code).id);
    const files = await writeVariants(sceneFile, 3, photosDir);
    const wedding = await takeAll(first.core, events[0], files);
    const gala = await takeAll(first.core, events[1], files.slice(1));
    await first.core.library.settled();
    await first.stop();

    const { core } = await openBooth({ libraryDir });
    expect(await indexedPhotos(core, events[0])).toEqual(wedding);
    expect(await indexedPhotos(core, events[1])).toEqual(gala);
  });

  it('never finds one event’s photos from another', async () => {
    const { photosDir, libraryDir } = await places();
    const { core } = await openBooth({ libraryDir });
    const events = ['wedding', 'gala', 'empty'].map((code) => core.events.open(code).id);
    const files = await writeVariants(sceneFile, 4, photosDir);
    const photoIds: [number[], number[]] = [[], []];
    // The same files in both, in turn, and searched while they come in.
    for (const file of files) {
      for (const turn of [0, 1] as const) {
        photoIds[turn].push(...(await takeAll(core, events[turn], [file])));
        const seen = await indexedPhotos(core, events[turn]);
        expect(photoIds[turn]).toEqual(expect.arrayContaining(seen));
      }
    }
    await core.library.settled();
    expect(new Set(photoIds.flat()).size).toBe(8);
    expect(await indexedPhotos(core, events[0])).toEqual(photoIds[0]);
    expect(await indexedPhotos(core, events[1])).toEqual(photoIds[1]);
    expect(await indexedPhotos(core, events[2])).toEqual([]);

    const visit = valueOf(await core.guests.findPhotos(events[0], await readFile(rolledFile)));
    expect(visit.searchedFaces).toBe(4 * facesInScene);
    expect(visit.matches.map(({ photoId }) => photoId).sort((a, b) => a - b)).toEqual(photoIds[0]);
  });

  it('finds every face again after the index’s worker was killed in the middle of its work', async () => {
    const { photosDir, libraryDir } = await places();
    const { core, pidsOf } = await openBooth({ libraryDir });
    const { id } = core.events.open('wedding');
    const killIndex = () => process.kill(pidsOf('faceindex').at(-1) ?? expect.fail('no worker'), 'SIGKILL');
    let indexed = 0;
    core.library.events.on('photo:indexed', () => {
      indexed += 1;
      if (indexed === 2 || indexed === 5) killIndex();
    });
    const photoIds = await takeAll(core, id, await writeVariants(sceneFile, 9, photosDir));
    await core.library.settled();
    expect(pidsOf('faceindex')).toHaveLength(3);
    expect(await indexedPhotos(core, id)).toEqual(photoIds);

    killIndex();
    // Asked at once, before anybody can know that it is gone.
    expect(await indexedPhotos(core, id)).toEqual(photoIds);
    expect(pidsOf('faceindex')).toHaveLength(4);
  });

  it('loses no photo when a vision worker is killed in the middle of one', async () => {
    const { photosDir, libraryDir } = await places();
    const { core, pidsOf } = await openBooth({ libraryDir });
    const { id } = core.events.open('wedding');
    let isKilled = false;
    core.library.events.on('photo:indexed', () => {
      if (!isKilled) process.kill(pidsOf('vision').at(-1) ?? expect.fail('no worker'), 'SIGKILL');
      isKilled = true;
    });
    const photoIds = await takeAll(core, id, await writeVariants(sceneFile, 5, photosDir));
    await core.library.settled();
    expect(pidsOf('vision')).toHaveLength(2);
    expect(core.store.photos.count(id)).toEqual({ stored: 0, indexed: 5, quarantined: 0 });
    expect(await indexedPhotos(core, id)).toEqual(photoIds);
  });

  it('clears away what a run that was cut off left half-copied', async () => {
    const { libraryDir } = await places();
    const left = path.join(libraryDir, 'incoming', 'half-a-photo');
    await mkdir(path.dirname(left), { recursive: true });
    await writeFile(left, 'half');
    await openBooth({ libraryDir });
    expect(await filesIn(path.join(libraryDir, 'incoming'))).toEqual([]);
  });

  it('links the originals where it is to live no longer than the folder', async () => {
    const { photosDir, libraryDir } = await places();
    const { core } = await openBooth({ libraryDir, keepOriginals: 'link' });
    const { id } = core.events.open('wedding');
    const [file] = await writeVariants(sceneFile, 1, photosDir);
    await takeAll(core, id, [file]);
    await core.library.settled();
    expect((await stat(file)).nlink).toBe(2);
    expect(core.store.photos.count(id)).toEqual({ stored: 0, indexed: 1, quarantined: 0 });
  });

  it('does not start, and says why, where it cannot be opened', async () => {
    const { photosDir, libraryDir } = await places();
    const file = path.join(photosDir, 'a-file');
    await writeFile(file, '');
    expect(codeOf((await startBooth({ libraryDir: path.join(file, 'library') })).core)).toBe('library.not-writable');

    await openBooth({ libraryDir });
    expect(codeOf((await startBooth({ libraryDir })).core)).toBe('library.busy');
  });
});
