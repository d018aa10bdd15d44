// An event's photos are looked at anew by another model pack while its guests are served: real workers, a real database, real models.
import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { packsOf, type Core } from '../../main/core/index.ts';
import { loadPack, type Pack } from '../../main/packs/index.ts';
import { eventSamples } from '../fixtures/cameraFile.ts';
import { rowsOf } from '../fixtures/database.ts';
import { codeOf, openBooth, pendingPhoto, valueOf } from '../fixtures/core.ts';
import {
  findGuest,
  searchedBooth,
  signIn,
  startDesk,
  untilIndexed,
  untilState,
  type StaffWindow,
} from '../fixtures/desk.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { defaultPack, modelsDir } from '../fixtures/pack.ts';
import { facesInScene, rolledFile, sampleFile, sceneFile, writeVariants } from '../fixtures/photos.ts';
import { makeTwoPacks, otherPack, type TwoPacks } from '../fixtures/twoPacks.ts';

const templatesIn = (libraryDir: string, table: 'faces' | 'staged_faces'): string[] =>
  rowsOf<{ template: Buffer }>(libraryDir, `SELECT template FROM ${table}`).map(({ template }) =>
    template.toString('base64'),
  );

const packsIn = (libraryDir: string): { pack: string; photos: number }[] =>
  rowsOf(libraryDir, `SELECT pack, count(*) AS photos FROM photos WHERE state = 'indexed' GROUP BY pack`);

describe('a booth with another model pack', () => {
  let models: TwoPacks;
  /** Of a guest of the old pack's time. */
  let code: string;
  const searchedFolder = searchedBooth(eventSamples, {
    optionsIn: async (folder) => {
      models = await makeTwoPacks(folder);
      return { models: { dir: models.dir, pack: defaultPack } };
    },
    more: async (desk) => {
      const kiosk = desk.openKiosk();
      const { visitId } = await findGuest(kiosk);
      ({ code } = valueOf(await kiosk.ask('visit:keep', { visitId })));
      valueOf(await kiosk.ask('visit:end', { visitId }));
    },
  });

  const health = async (staff: StaffWindow) => valueOf(await staff.ask('health:open', {}));

  const untilServedWith = (staff: StaffWindow, pack: string, state = 'ready'): Promise<void> =>
    vi.waitFor(
      async () => {
        const { engine } = valueOf(await staff.ask('frame:open', {}));
        const now = await health(staff);
        if (engine.at !== state || now.pack !== pack || now.nextPack !== undefined)
          throw new Error(JSON.stringify(now));
      },
      { timeout: 40_000, interval: 200 },
    );

  it('finds guests by the old templates until all new ones are there and no guest is, and by the new ones from then on', async () => {
    const folder = await searchedFolder();
    const desk = await startDesk(folder, { models: { dir: models.dir, pack: otherPack } });
    const [staff, kiosk] = [desk.openStaff(), desk.openKiosk()];
    await signIn(staff);
    const { visitId, found } = await findGuest(kiosk);
    expect(found.sure).toHaveLength(1);
    expect(await health(staff)).toMatchObject({ pack: models.keys.old, nextPack: { pack: models.keys.next } });

    // A photo that comes meanwhile can be found at once, and is looked at by the new pack as well.
    await copyFile(sampleFile(1), path.join(desk.photosDir, 'late.jpg'));
    await untilIndexed(staff, eventSamples.length + 1);
    const total = eventSamples.length + 1;
    await vi.waitFor(async () => expect(await health(staff)).toMatchObject({ nextPack: { done: total, total } }), {
      timeout: 40_000,
      interval: 200,
    });
    // The guest is still there.
    expect(await health(staff)).toMatchObject({ pack: models.keys.old });
    valueOf(await kiosk.ask('visit:end', { visitId }));
    await untilServedWith(staff, models.keys.next);
    const again = await findGuest(kiosk);
    // She is in the late one, too.
    expect(again.found.sure.map(({ id }) => id)).toContain(found.sure[0].id);
    expect(again.found.sure).toHaveLength(2);
    valueOf(await kiosk.ask('visit:end', { visitId: again.visitId }));
    expect(codeOf(await kiosk.ask('visit:resume', { code, language: 'fr' }))).toBe('code.outdated');
    // What is on record of that time is erased all the same.
    expect(valueOf(await staff.ask('visits:erase-code', { code, withFaces: true }))).toEqual({ faces: 1 });
    const left = await findGuest(kiosk);
    expect(left.found.sure.map(({ id }) => id)).not.toContain(found.sure[0].id);
    const audit = valueOf(await staff.ask('audit:page', {}));
    expect(audit.find(({ action }) => action === 'models.changed')).toMatchObject({
      values: { pack: models.keys.next },
    });
    await desk.stop();

    expect(packsIn(desk.libraryDir)).toEqual([{ pack: models.keys.next, photos: total }]);
    expect(rowsOf(desk.libraryDir, 'SELECT * FROM staged_photos')).toEqual([]);
    expect(templatesIn(desk.libraryDir, 'staged_faces')).toEqual([]);
  });

  it('serves each event with the pack that its photos have been searched with', async () => {
    const folder = await searchedFolder();
    const desk = await startDesk(folder, { models: { dir: models.dir, pack: otherPack } });
    const [staff, kiosk] = [desk.openStaff(), desk.openKiosk()];
    await signIn(staff);
    // Whoever is there keeps the packs from being changed.
    const { visitId } = await findGuest(kiosk);
    const [{ id: wedding, settings }] = valueOf(await staff.ask('events:list', {}));
    const { id: gala } = valueOf(
      await staff.ask('events:create', { code: 'gala', settings: { ...settings, folders: [] } }),
    );
    valueOf(await staff.ask('events:activate', { id: gala }));
    await untilServedWith(staff, models.keys.next, 'closed');
    valueOf(await staff.ask('events:activate', { id: wedding }));
    await vi.waitFor(async () => expect((await health(staff)).pack).toBe(models.keys.old), { timeout: 20_000 });
    await untilState(staff, 'ready');
    expect(codeOf(await kiosk.ask('visit:keep', { visitId }))).toBe('visit.unknown');
    expect((await findGuest(kiosk)).found.sure).toHaveLength(1);
  });

  it('says so where the old pack is gone, and finds the photos again one by one', async () => {
    const folder = await searchedFolder();
    await rm(path.join(models.dir, defaultPack), { recursive: true });
    const desk = await startDesk(folder, { models: { dir: models.dir, pack: otherPack } });
    const [staff, kiosk] = [desk.openStaff(), desk.openKiosk()];
    await signIn(staff);
    const { notices } = valueOf(await staff.ask('frame:open', {}));
    expect(notices.find(({ code }) => code === 'notice.models-lost')).toMatchObject({
      values: { packs: models.keys.old },
    });
    const now = await health(staff);
    expect(now.pack).toBe(models.keys.next);
    expect(now.nextPack).toBeUndefined();
    await vi.waitFor(
      async () => {
        const { visitId, found } = await findGuest(kiosk);
        valueOf(await kiosk.ask('visit:end', { visitId }));
        expect(found.sure).toHaveLength(1);
      },
      { timeout: 40_000, interval: 500 },
    );
  });

  it('takes weights that are damaged for a pack that is gone', async () => {
    const folder = await searchedFolder();
    const { core } = await openBooth({ libraryDir: path.join(folder, 'library') });
    const packs = async () => {
      const eventId = core.events.open('wedding').id;
      return valueOf(await packsOf({ modelsDir: models.dir, wanted: otherPack, store: core.store, eventId }));
    };
    const whole = await packs();
    expect([whole.serving.manifest.id, whole.next?.manifest.id]).toEqual(
      [models.keys.old, models.keys.next].map((key) => key.split('@')[0]),
    );
    await truncate(path.join(models.dir, defaultPack, 'embed.onnx'), 1000);
    expect(await packs()).toMatchObject({ next: undefined, lost: [models.keys.old] });
  });
});

describe('another pack’s look at an event', () => {
  /** A library with photos that have been searched, and the pack that is to look at them next. */
  async function searchedLibrary(photos: number) {
    const folder = await temporaryFolder();
    const [libraryDir, photosDir] = [path.join(folder, 'library'), path.join(folder, 'photos')];
    await mkdir(photosDir);
    const { dir } = await makeTwoPacks(folder);
    const next = valueOf(await loadPack(dir, otherPack));
    const booth = await openBooth({ libraryDir });
    const { id } = booth.core.events.open('wedding');
    for (const file of await writeVariants(sceneFile, photos, photosDir)) await booth.core.library.take(id, file);
    await booth.core.library.settled();
    return { folder, libraryDir, photosDir, next, booth, id };
  }

  /** Looks until there are so many photos, or all. */
  async function reembed(core: Core, eventId: number, next: Pack, photos?: number) {
    const reembedding = core.reembed(eventId, next, () => undefined);
    onTestFinished(() => reembedding.stop());
    reembedding.start();
    await vi.waitFor(
      () => {
        const { done, total } = reembedding.progress();
        if (done < (photos ?? total)) throw new Error(`${String(done)} of ${String(total)}`);
      },
      { timeout: 40_000, interval: 5 },
    );
    return reembedding;
  }

  it('goes on after a crash where it was, without looking twice', async () => {
    const { folder, libraryDir, next, booth, id } = await searchedLibrary(8);
    const begun = await reembed(booth.core, id, next, 3);
    // The disk as a power cut leaves it: nothing is written while it is copied.
    const crashed = path.join(folder, 'crashed');
    cpSync(libraryDir, crashed, { recursive: true });
    await begun.stop();
    await booth.stop();
    const looked = path.join(folder, 'looked');
    cpSync(crashed, looked, { recursive: true });
    const before = templatesIn(looked, 'staged_faces');
    expect(before.length).toBeGreaterThanOrEqual(3 * facesInScene);
    expect(before.length).toBeLessThan(8 * facesInScene);

    const again = await openBooth({ libraryDir: crashed });
    const reembedding = await reembed(again.core, id, next);
    expect(reembedding.progress()).toEqual({ done: 8, total: 8 });
    expect(valueOf(again.core.store.staged.takePlace(id, reembedding.packKey))).toBe(true);
    await reembedding.stop();
    await again.stop();
    const after = templatesIn(crashed, 'faces');
    expect(after).toHaveLength(8 * facesInScene);
    // Each sealing is another: a photo that was looked at twice would have other bytes.
    expect(before.filter((template) => !after.includes(template))).toEqual([]);
    expect(packsIn(crashed)).toEqual([{ pack: reembedding.packKey, photos: 8 }]);
  });

  it('gives nothing into the event before each photo has been looked at, those that come meanwhile too', async () => {
    const { libraryDir, photosDir, next, booth, id } = await searchedLibrary(3);
    const { core } = booth;
    const before = core.store.faces.idsOfEvent(id);
    const reembedding = await reembed(core, id, next, 1);
    expect(valueOf(core.store.staged.takePlace(id, reembedding.packKey))).toBe(false);
    expect(core.store.faces.idsOfEvent(id)).toEqual(before);
    const late = path.join(photosDir, 'late.png');
    await copyFile(rolledFile, late);
    const { photoId } = valueOf(await core.library.take(id, late));
    await core.library.settled();
    await vi.waitFor(() => expect(reembedding.progress()).toEqual({ done: 4, total: 4 }), { timeout: 40_000 });
    // Once there was nothing left to do, too.
    await core.library.take(id, sampleFile(1));
    await core.library.settled();
    await vi.waitFor(() => expect(reembedding.progress()).toEqual({ done: 5, total: 5 }), { timeout: 40_000 });
    expect(core.store.faces.listOf(photoId)).toHaveLength(1);
    expect(valueOf(core.store.staged.takePlace(id, reembedding.packKey))).toBe(true);
    expect(core.store.faces.listOf(photoId)).toHaveLength(1);
    await reembedding.stop();
    await booth.stop();
    expect(packsIn(libraryDir)).toEqual([{ pack: reembedding.packKey, photos: 5 }]);
  });

  it('brings back no face that was erased before, or after it had been found anew', async () => {
    const { folder, libraryDir, next, booth, id } = await searchedLibrary(2);
    const { core } = booth;
    const [first, second] = core.store.photos.newest(id, 2).map((photo) => photo.id);
    const visit = () => {
      const visitId = randomUUID();
      const consent = { language: 'fr' as const, version: '1', text: 'Vous voulez bien ?' };
      valueOf(core.store.visits.add({ id: visitId, eventId: id, at: new Date().toISOString(), consent }));
      return { id: visitId, eventId: id };
    };
    const faceOf = (photoId: number) => core.store.faces.listOf(photoId)[0];
    const gone = [first, second].map((photoId) => ({ photoId, ...faceOf(photoId) }));
    valueOf(core.store.eraseVisit(visit(), 'guest', [gone[0].id]));
    const reembedding = await reembed(core, id, next);
    valueOf(core.store.eraseVisit(visit(), 'guest', [gone[1].id]));
    // At once, and not only in what takes the place in the end.
    const erased = path.join(folder, 'erased');
    cpSync(libraryDir, erased, { recursive: true });
    expect(valueOf(core.store.staged.takePlace(id, reembedding.packKey))).toBe(true);
    for (const { photoId, x, y } of gone) {
      const left = core.store.faces.listOf(photoId);
      expect(left).toHaveLength(facesInScene - 1);
      for (const face of left) expect(Math.hypot(face.x - x, face.y - y)).toBeGreaterThan(20);
    }
    await reembedding.stop();
    await booth.stop();
    expect(templatesIn(erased, 'staged_faces')).toHaveLength(2 * (facesInScene - 1));
    expect(templatesIn(libraryDir, 'faces')).toHaveLength(2 * (facesInScene - 1));
  });

  it('does not hold the event up over a photo that the pack cannot look at: it goes back in line', async () => {
    const { libraryDir, next, booth, id } = await searchedLibrary(2);
    const { core } = booth;
    const [{ id: photoId }] = core.store.photos.newest(id, 1);
    await rm(core.library.fileOf(photoId) ?? expect.fail('no such photo'));
    const reembedding = await reembed(core, id, next);
    expect(valueOf(core.store.staged.takePlace(id, reembedding.packKey))).toBe(true);
    expect(core.store.photos.count(id)).toEqual({ stored: 1, indexed: 1, quarantined: 0 });
    await reembedding.stop();
    await booth.stop();

    const again = await openBooth({ libraryDir, pack: next });
    again.core.library.resume(id);
    await again.core.library.settled();
    expect(again.core.store.photos.listQuarantined(id)).toMatchObject([
      { photoId, fault: { code: 'photo.missing-original' } },
    ]);
  });

  it('takes no place at all where the pack could not look at most of the photos', async () => {
    const { next, booth, id } = await searchedLibrary(3);
    const { store, library } = booth.core;
    const before = store.faces.idsOfEvent(id);
    for (const photo of store.photos.newest(id, 2)) await rm(library.fileOf(photo.id) ?? expect.fail('no such photo'));
    const reembedding = await reembed(booth.core, id, next);
    expect(reembedding.progress()).toEqual({ done: 3, total: 3 });
    expect(valueOf(store.staged.takePlace(id, reembedding.packKey))).toBe(false);
    expect(store.faces.idsOfEvent(id)).toEqual(before);
  });

  it('looks again at a photo that has another content by now', async () => {
    const { photosDir, next, booth, id } = await searchedLibrary(1);
    const { core } = booth;
    const reembedding = await reembed(core, id, next);
    const [{ id: photoId, sha256 }] = core.store.photos.newest(id, 1);
    const [file] = await writeVariants(sceneFile, 1, photosDir);
    await sharp(sceneFile).modulate({ brightness: 1.1 }).png().toFile(file);
    let leastDone = 1;
    core.library.events.on('photo:indexed', () => (leastDone = Math.min(leastDone, reembedding.progress().done)));
    valueOf(await core.library.take(id, file));
    await core.library.settled();
    expect(leastDone).toBe(0);
    expect(pendingPhoto(core.store, photoId).sha256).not.toBe(sha256);
    await vi.waitFor(() => expect(reembedding.progress()).toEqual({ done: 1, total: 1 }), { timeout: 40_000 });
    expect(valueOf(core.store.staged.takePlace(id, reembedding.packKey))).toBe(true);
    expect(core.store.faces.listOf(photoId)).toHaveLength(facesInScene);
  });

  it('finds, once it has taken the place, whom it is to find; and no probe of the other pack is ever compared', async () => {
    const { libraryDir, next, booth, id } = await searchedLibrary(2);
    const selfie = await readFile(rolledFile);
    const { packKey, face } = valueOf(await booth.core.guests.probe(selfie));
    const reembedding = await reembed(booth.core, id, next);
    expect(valueOf(booth.core.store.staged.takePlace(id, reembedding.packKey))).toBe(true);
    await reembedding.stop();
    await booth.stop();

    const { core } = await openBooth({ libraryDir, pack: next });
    const { matches, searchedFaces } = valueOf(await core.guests.findPhotos(id, selfie));
    expect(searchedFaces).toBe(2 * facesInScene);
    expect(matches.map(({ decision }) => decision)).toEqual(['sure', 'sure']);
    const { template } = valueOf(await core.guests.probe(selfie)).face;
    // One picture, two packs: what would come of comparing them means nothing.
    const likeness = template.reduce((sum, value, i) => sum + value * face.template[i], 0);
    expect(likeness).toBeLessThan(0.98);
    const old = { packKey, template: face.template };
    await expect(core.matching.find(id, old)).rejects.toThrow(packKey);
    await expect(core.index.search(id, old, -1)).rejects.toThrow(packKey);
    await expect(core.index.add(packKey, id, 1, [1], [face])).rejects.toThrow(packKey);
    const stored = { packKey, eventId: id, faceIds: [1], photoIds: [1], templates: face.template };
    await expect(core.index.load([stored])).rejects.toThrow(packKey);
  });

  it('goes with its event, and with the keys that it was sealed under', async () => {
    const { libraryDir, next, booth, id } = await searchedLibrary(2);
    const { store } = booth.core;
    const reembedding = await reembed(booth.core, id, next);
    await reembedding.stop();
    valueOf(store.faces.removeOfEvent(id));
    expect(reembedding.progress()).toEqual({ done: 0, total: 2 });
    await (await reembed(booth.core, id, next)).stop();
    valueOf(store.forgetSealed());
    await booth.stop();
    expect(templatesIn(libraryDir, 'staged_faces')).toEqual([]);
  });

  it('is let go of where another pack is wanted after all', async () => {
    const { next, booth, id } = await searchedLibrary(1);
    const { store } = booth.core;
    const reembedding = await reembed(booth.core, id, next);
    await reembedding.stop();
    const packs = valueOf(await packsOf({ modelsDir, wanted: defaultPack, store, eventId: id }));
    expect([packs.next, packs.lost]).toEqual([undefined, []]);
    expect(reembedding.progress()).toEqual({ done: 0, total: 1 });
  });
});
