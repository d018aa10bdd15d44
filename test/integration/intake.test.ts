// Photos on their way in, as tools write them: versions, RAW files beside their JPEGs, bursts, and times.
import { writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { withShotTags, type ShotTags } from '../fixtures/cameraJpeg.ts';
import { codeOf, openBooth, valueOf } from '../fixtures/core.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { sampleFile } from '../fixtures/photos.ts';
import { rawFile } from '../fixtures/rawFiles.ts';

const shot: ShotTags = {
  at: '2026-06-20T21:04:09.120',
  camera: { make: 'Canon', model: 'Canon EOS R6' },
  serial: '4711',
};

async function openIntake() {
  const folder = await temporaryFolder();
  const photosDir = path.join(folder, 'card');
  await mkdir(photosDir);
  const { core, stop } = await openBooth({ libraryDir: path.join(folder, 'library') });
  const { id: eventId } = core.events.open('wedding');
  valueOf(core.events.apply(eventId, { folders: [photosDir], timeZone: 'Europe/Paris' }));
  const arrival = { folder: photosDir, album: '', photographer: 'Léa' };

  return {
    core,
    eventId,
    photosDir,
    stop,
    /** Writes a file and takes it in, as the watch over the folder does. */
    take: async (name: string, bytes: Buffer) => {
      const file = path.join(photosDir, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
      const taken = valueOf(await core.library.take(eventId, file, arrival));
      await core.library.settled();
      return taken;
    },
    shown: () =>
      core.store.photos
        .newest(eventId, 100)
        .map(({ id }) => id)
        .sort((a, b) => a - b),
    /** The photos in which a face is found by looking for anything at all. */
    findable: async () => {
      const probe = { packKey: core.index.packKey, template: new Float32Array(512).fill(512 ** -0.5) };
      const { matches } = valueOf(await core.index.search(eventId, probe, -1));
      return [...new Set(matches.map(({ photoId }) => photoId))].sort((a, b) => a - b);
    },
  };
}

const sidePx = 960;
const smaller = new Map<number, Promise<Buffer>>();
/** The sample as a small photo: this is about files, and their faces are large enough at a quarter of the pixels. */
function small(number: number): Promise<Buffer> {
  const known = smaller.get(number);
  if (known !== undefined) return known;
  const made = sharp(sampleFile(number)).resize({ width: sidePx }).jpeg({ quality: 90 }).toBuffer();
  smaller.set(number, made);
  return made;
}

const sample = (number: number, tags: ShotTags = {}) => small(number).then((jpeg) => withShotTags(jpeg, tags));
const editedWidth = 600;
/** As an editor exports it: brighter, smaller, and with the camera's word on it. */
const edited = async (number: number, tags: ShotTags, width = editedWidth) =>
  withShotTags(
    await sharp(await small(number))
      .resize({ width })
      .modulate({ brightness: 1.1 })
      .jpeg()
      .toBuffer(),
    tags,
  );

describe('a file that is written anew', () => {
  it('is the same photo with another content, and is found by its new faces alone', async () => {
    const { core, take, shown, findable } = await openIntake();
    const first = await take('a.jpg', await sample(1, shot));
    const before = core.store.faces.listOf(first.photoId).length;
    const second = await take('a.jpg', await edited(1, shot, sidePx));
    expect(second.isNew).toBe(true);
    expect(shown()).toEqual([first.photoId]);
    expect(await findable()).toEqual([first.photoId]);
    expect(core.store.faces.listOf(first.photoId)).toHaveLength(before);
    expect(core.store.photos.shown(1, first.photoId)).toMatchObject({
      sha256: expect.stringMatching(path.basename(core.library.fileOf(first.photoId) ?? '')) as string,
    });
    // The content before is kept, and known to be no photo of its own.
    const originals = await filesIn(path.join(core.library.fileOf(first.photoId) ?? '', '..', '..'));
    expect(originals).toHaveLength(2);
    expect(valueOf(await core.library.adopt(1))).toBe(0);
  });

  it('is shown as it was until it can be shown as it is', async () => {
    const { core, take, shown, eventId } = await openIntake();
    const { photoId } = await take('a.jpg', await sample(1, shot));
    const whole = await edited(1, shot);
    await take('a.jpg', whole.subarray(0, whole.length / 2));
    expect(shown()).toEqual([photoId]);
    expect(core.store.photos.listQuarantined(eventId)).toMatchObject([{ fault: { code: 'photo.truncated' } }]);
    await take('a.jpg', whole);
    expect(shown()).toEqual([photoId]);
    expect(core.store.photos.shown(eventId, photoId)).toMatchObject({ width: editedWidth });
    expect(core.store.photos.listQuarantined(eventId)).toEqual([]);
    expect(core.store.photos.count(eventId)).toEqual({ stored: 0, indexed: 1, quarantined: 0 });
  });

  it('is another photo where it shows something else, as with a second card of the same camera', async () => {
    const { take, shown, findable } = await openIntake();
    const first = await take('IMG_0001.JPG', await sample(1, shot));
    const second = await take('IMG_0001.JPG', await sample(2, { ...shot, at: '2026-06-20T23:00:00.000' }));
    expect(shown()).toEqual([first.photoId, second.photoId]);
    expect(await findable()).toEqual([first.photoId, second.photoId]);
  });

  it('leaves the photo alone that is still to be had from another file', async () => {
    const { core, take, shown } = await openIntake();
    const bytes = await sample(1, shot);
    const first = await take('a.jpg', bytes);
    expect((await take('copy/b.jpg', bytes)).isNew).toBe(false);
    const second = await take('a.jpg', await edited(1, shot));
    expect(shown()).toEqual([first.photoId, second.photoId]);
    expect(core.store.photos.originsOf(first.photoId)).toHaveLength(1);
  });

  it('does not bring a face back that was erased from it', async () => {
    const { core, take, eventId } = await openIntake();
    const { photoId } = await take('a.jpg', await sample(1, shot));
    const [face, ...others] = core.store.faces.listOf(photoId);
    const visit = { id: '00000000-0000-4000-8000-000000000000', eventId };
    valueOf(
      core.store.visits.add({
        ...visit,
        at: new Date().toISOString(),
        consent: { language: 'fr', version: '1', text: 'x' },
      }),
    );
    await core.index.remove(eventId, valueOf(core.store.eraseVisit(visit, 'staff', [face.id])));
    await take('a.jpg', await edited(1, shot, sidePx));
    expect(core.store.faces.listOf(photoId)).toHaveLength(others.length);
    // And once more, from the content that has taken its place.
    await take('a.jpg', await edited(1, { ...shot, lens: 'another lens' }, sidePx));
    expect(core.store.faces.listOf(photoId)).toHaveLength(others.length);
  });
});

describe('a RAW file', () => {
  const raw = async (number: number) =>
    rawFile('nef', {
      preview: await small(number),
      thumbnail: Buffer.alloc(0),
      at: '2026:06:20 21:04:09',
      serial: '4711',
    });
  const twin: ShotTags = { at: '2026-06-20T21:04:09', serial: '4711' };

  it('is kept beside the JPEG of the same name, and nobody is found in it twice', async () => {
    const { core, take, shown, findable, eventId } = await openIntake();
    const jpeg = await take('DSC_0001.JPG', await sample(1, twin));
    await take('DSC_0001.NEF', await raw(1));
    expect(shown()).toEqual([jpeg.photoId]);
    expect(await findable()).toEqual([jpeg.photoId]);
    expect(core.store.photos.count(eventId)).toEqual({ stored: 0, indexed: 1, quarantined: 0 });
    expect(await filesIn(path.join(core.library.fileOf(jpeg.photoId) ?? '', '..', '..'))).toHaveLength(2);
  });

  it('is searched by its preview until its JPEG comes', async () => {
    const { take, shown, findable } = await openIntake();
    const alone = await take('DSC_0001.NEF', await raw(1));
    expect(shown()).toEqual([alone.photoId]);
    expect(await findable()).toEqual([alone.photoId]);
    const jpeg = await take('DSC_0001.JPG', await sample(1, twin));
    expect(shown()).toEqual([jpeg.photoId]);
    expect(await findable()).toEqual([jpeg.photoId]);
  });

  it('belongs to the JPEG in another folder that the same camera took at the same moment, and to no other of that name', async () => {
    const { take, shown } = await openIntake();
    const other = await take('day 1/DSC_0001.JPG', await sample(2, { ...twin, at: '2026-06-19T10:00:00' }));
    const jpeg = await take('JPEG/DSC_0001.JPG', await sample(1, twin));
    await take('RAW/dsc_0001.nef', await raw(1));
    expect(shown()).toEqual([other.photoId, jpeg.photoId]);
  });
});

describe('a burst', () => {
  it('is what one camera took within moments and what looks alike', async () => {
    const { core, take, eventId } = await openIntake();
    const at = (ms: number) => `2026-06-20T21:04:${(9 + ms / 1000).toFixed(3).padStart(6, '0')}`;
    const photos = [
      await take('1.jpg', await sample(1, { ...shot, at: at(0) })),
      await take('2.jpg', await edited(1, { ...shot, at: at(900) })),
      await take('3.jpg', await sample(1, { ...shot, at: at(2500) })),
      // Another scene, another camera, a minute later.
      await take('4.jpg', await sample(2, { ...shot, at: at(1000) })),
      await take('5.jpg', await sample(1, { ...shot, at: at(1000), serial: '0815' })),
      await take('6.jpg', await sample(1, { ...shot, at: '2026-06-20T21:05:30.000' })),
    ];
    const bursts = photos.map(({ photoId }) => core.store.photos.shown(eventId, photoId)?.burstId);
    const first = photos[0].photoId;
    expect(bursts).toEqual([first, first, first, undefined, undefined, undefined]);
  });

  it('is one, in whatever order its photos come', async () => {
    const { core, take, eventId } = await openIntake();
    const ids = [];
    // The ends do not reach each other; the middle, which comes last, joins them.
    for (const second of ['09', '13', '11']) {
      const { photoId } = await take(`${second}.jpg`, await sample(1, { ...shot, at: `2026-06-20T21:04:${second}` }));
      ids.push(photoId);
    }
    expect(ids.map((id) => core.store.photos.shown(eventId, id)?.burstId)).toEqual([ids[0], ids[0], ids[0]]);
  });
});

describe('the time of a photo', () => {
  it('is the camera’s, corrected and brought to where the event is', async () => {
    const { core, take, eventId, photosDir } = await openIntake();
    const folder = { path: photosDir, photographer: 'Léa', isOn: true };
    valueOf(core.events.apply(eventId, { folders: [{ ...folder, clockCorrectionSeconds: 60 }] }));
    const local = await take('a.jpg', await sample(1, { at: '2026-06-20T21:04:09' }));
    const abroad = await take('b.jpg', await sample(2, { at: '2026-06-20T19:04:09', offset: '+00:00' }));
    for (const { photoId } of [local, abroad]) {
      expect(core.store.photos.shown(eventId, photoId)?.takenAt).toBe('2026-06-20T21:05:09');
    }
  });
});

it('refuses what is no event’s', async () => {
  const { core, photosDir } = await openIntake();
  expect(codeOf(await core.library.take(1, path.join(photosDir, 'gone.jpg')))).toBe('photo.unreadable');
});
