// Guests' galleries in the cloud as the booth knows them, with real workers, a real database and the real models: what a guest holds leads to them, photos come
// into them when the guest has left, and whoever has the disk has nothing.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import exifr from 'exifr';
import { pino } from 'pino';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  createCloudContents,
  createGuestBook,
  createPhoneGuests,
  createRetention,
  createVisitResults,
  createVisits,
  mailContentSchema,
  mailPlaceOf,
  selfiePlaceOf,
} from '../../main/core/guests/index.ts';
import type { Core } from '../../main/core/index.ts';
import type { Matching } from '../../main/core/matching/index.ts';
import {
  cloudGallerySchema,
  cloudResultSchema,
  contentsPath,
  doorContentSchema,
  doorOfCode,
  doorOfToken,
  doorPath,
  doorSchema,
  openSealed,
  type DoorKeys,
} from '../../preload/index.ts';
import { cameraFrame, guestsPhoto } from '../fixtures/cameraFile.ts';
import { codeOf, consentVersionOf, sealerOf, startBooth, valueOf } from '../fixtures/core.ts';
import { filesIn, makeFolder, removeFolder, temporaryFolder } from '../fixtures/folders.ts';
import { sampleFile } from '../fixtures/photos.ts';

const days = 12;
const galleryUrl = 'https://photos.example.org/';
const quick = { firstAfterMs: 5, betweenMs: 5, breathMs: 0 };

let folder: string;
let core: Core;
let frame: Buffer;

beforeAll(async () => {
  folder = await makeFolder();
  core = valueOf((await startBooth({ libraryDir: path.join(folder, 'library'), keepOriginals: 'link' })).core);
  frame = await cameraFrame('guest');
}, 240_000);

afterAll(async () => {
  await core.stop();
  await removeFolder(folder);
});

/** An event of the test's own, without photos. */
function openEvent() {
  const { id } = core.events.open(randomUUID());
  valueOf(core.events.apply(id, { retentionDays: days, name: 'Ana & Léo' }));
  return core.events.get(id) ?? expect.fail('there is no such event');
}

interface Options {
  galleryUrl?: string | undefined;
  sendsMail?: boolean;
  keepsSelfies?: boolean;
}

/** Guests of an event, until the end of the test. */
function openGuests(eventId: number, options: Options = { galleryUrl }) {
  const { vision, matching, store, index, events, eventKeys } = core;
  const book = createGuestBook({
    ...{ vision, matching, index, store, events, eventId, sweepPace: quick, ...options },
    sealer: sealerOf(store, eventId),
    onErased: () => Promise.resolve(),
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => book.stop());
  const contents = createCloudContents({
    ...{ store, events, eventKeys },
    keysOf: ({ eventUid, sha256, extension }) => ({
      thumbnail: `events/${eventUid}/thumbnails/${sha256}.jpg`,
      screen: `events/${eventUid}/screens/${sha256}.jpg`,
      original: `events/${eventUid}/photos/${sha256}${extension}`,
    }),
  });
  const results = createVisitResults({ store, events, eventKeys });
  const visits = createVisits({ book, vision, store, eventId });
  const phones = createPhoneGuests({ book, vision, store, eventId });
  return { book, visits, phones, contents, results };
}

type Guests = ReturnType<typeof openGuests>;

/** A photo of the guest comes in, as to a booth that stands at the event. */
async function takePhoto(eventId: number, { phones }: Guests): Promise<number> {
  const { photoId } = valueOf(await core.library.take(eventId, sampleFile(guestsPhoto)));
  await core.library.settled();
  phones.outdate();
  return photoId;
}

/** A guest before the kiosk who has been looked for. @returns the visit, which has the id of its record */
async function lookFor({ visits }: Guests, eventId: number): Promise<string> {
  const { visitId } = valueOf(visits.begin('fr', consentVersionOf(core, eventId)));
  const sent = visits.addFrame(visitId, 1, frame, []);
  valueOf(await visits.search(visitId, 1));
  await sent;
  return visitId;
}

const registerOnPhone = async ({ phones, book }: Guests, said: { name?: string; email?: string } = {}) => {
  const consentVersion = core.events.consentsOf(book.event(), 'phone').fr?.version ?? expect.fail('nothing is asked');
  return valueOf(await phones.register({ language: 'fr', consentVersion, name: said.name, email: said.email }));
};

/** What a door lets its guest have, as a phone finds it: undefined where there is none. */
async function through({ id, key }: DoorKeys) {
  const bytes = core.store.keptVisits.doorOf(id);
  if (bytes === undefined) return undefined;
  const { sealed } = doorSchema.parse(JSON.parse(bytes.toString('utf8')));
  const plain = (await openSealed(key, doorPath(days, id), sealed)) ?? expect.fail('the door does not open');
  // Moved to another place it would not.
  expect(await openSealed(key, doorPath(days + 1, id), sealed)).toBeUndefined();
  return doorContentSchema.parse(JSON.parse(plain));
}

const rowOf = (visitId: string) => core.store.cloudGalleries.get(visitId);

/** What is to lie behind a visit's doors now. */
function contentsOf({ contents }: Guests, visitId: string) {
  const plain = contents.of(rowOf(visitId)?.contentsId ?? '') ?? expect.fail('there is no gallery');
  return { ...plain, gallery: cloudGallerySchema.parse(plain.gallery) };
}

const photosIn = (guests: Guests, visitId: string) => contentsOf(guests, visitId).gallery.photos.map(({ id }) => id);

/** All bytes of the database, as whoever takes the disk away has them. */
async function databaseBytes(): Promise<Buffer> {
  const dir = path.join(folder, 'library');
  const files = (await filesIn(dir)).filter((file) => file.startsWith('library.db'));
  return Buffer.concat(await Promise.all(files.map((file) => readFile(path.join(dir, file)))));
}

/** Whether the visit's e-mail may be sent. */
async function isDue(visitId: string): Promise<boolean | undefined> {
  const file = path.join(await temporaryFolder(), 'copy.db');
  valueOf(await core.store.copyTo(file));
  const copy = new Database(file);
  const row = copy
    .prepare<[string], { isDue: number }>('SELECT is_due AS isDue FROM mails WHERE visit_id = ?')
    .get(visitId);
  copy.close();
  return row === undefined ? undefined : Boolean(row.isDue);
}

describe('what a guest takes along', () => {
  it('leads to one gallery in the cloud, by the link and by the code', async () => {
    const { id, uid } = openEvent();
    const guests = openGuests(id);
    const photoId = await takePhoto(id, guests);
    const visitId = await lookFor(guests, id);
    const { token, home, code } = valueOf(await guests.visits.share(visitId));
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(home).toEqual({
      url: `${galleryUrl}g#${String(days)}.${token}`,
      shortAddress: 'photos.example.org/g',
    });

    const { gallery, key, place } = contentsOf(guests, visitId);
    const door = { contents: place, key: key.toString('base64') };
    expect(key).toHaveLength(32);
    expect(place).toBe(contentsPath(days, rowOf(visitId)?.contentsId ?? ''));
    expect(await through(await doorOfToken(token))).toEqual(door);
    expect(await through(await doorOfCode(code))).toEqual(door);

    const { sha256 } = core.store.photos.shown(id, photoId) ?? expect.fail('the photo is not shown');
    expect(gallery).toMatchObject({
      event: { name: 'Ana & Léo' },
      ...{ language: 'fr', mayDownload: true, isLive: true },
      photos: [{ id: photoId, thumbnail: `events/${uid}/thumbnails/${sha256}.jpg` }],
    });
    expect(gallery.photos[0]).not.toHaveProperty('original');
    valueOf(core.events.apply(id, { may: { originalSize: true } }));
    expect(contentsOf(guests, visitId).gallery.photos[0].original).toBe(`events/${uid}/photos/${sha256}.jpg`);
    // The last moment of the last day that the guest was told.
    const { expiresOn } = rowOf(visitId) ?? expect.fail('there is no gallery');
    expect(Date.parse(gallery.expiresAt) - Date.parse(`${expiresOn}T23:59:59+02:00`)).toBeLessThan(7200_000);

    // Asked for again it is the same, and nothing is written anew.
    const { sealed } = rowOf(visitId) ?? expect.fail('there is no gallery');
    expect(valueOf(await guests.visits.share(visitId))).toMatchObject({ token, code });
    expect(rowOf(visitId)?.sealed).toEqual(sealed);
  });

  it('leads nowhere in a booth that has no galleries in the cloud, and a code is a short one', async () => {
    const { id } = openEvent();
    const guests = openGuests(id, {});
    await takePhoto(id, guests);
    const visitId = await lookFor(guests, id);
    const { token, home, code } = valueOf(await guests.visits.share(visitId));
    expect([home, code.length]).toEqual([undefined, 8]);
    expect(rowOf(visitId)).toBeUndefined();
    expect(await through(await doorOfToken(token))).toBeUndefined();
    const { guestId } = await registerOnPhone(guests, { email: 'zebulon@quatrepattes.example' });
    expect(core.store.mails.get(guestId)).toBeUndefined();

    // Galleries come later: what was given goes on opening here, and whoever asks anew has a code that opens both.
    const later = openGuests(id);
    const back = valueOf(await later.visits.resume(code));
    const shared = valueOf(await later.visits.share(back.visitId));
    expect(shared.code).toHaveLength(12);
    expect(await through(await doorOfCode(shared.code))).toEqual(await through(await doorOfToken(shared.token)));
    expect(codeOf(await later.visits.resume(code))).toBe('ok');
  });

  it('is opened on a phone by the code, with a door of its own to the same gallery', async () => {
    const { id } = openEvent();
    const guests = openGuests(id);
    await takePhoto(id, guests);
    const visitId = await lookFor(guests, id);
    const { code } = valueOf(await guests.visits.keep(visitId));
    const { token } = valueOf(await guests.phones.openByCode(code));
    expect(await through(await doorOfToken(token))).toEqual(await through(await doorOfCode(code)));
  });
});

describe('a gallery whose guest has left', () => {
  it('gets the photos that come, loses those that go or are not theirs, and is written only then', async () => {
    const { id } = openEvent();
    const guests = openGuests(id);
    const visitId = await lookFor(guests, id);
    const { token } = valueOf(await guests.visits.share(visitId));
    guests.visits.end(visitId);
    expect(photosIn(guests, visitId)).toEqual([]);

    const photoId = await takePhoto(id, guests);
    await vi.waitFor(() => expect(photosIn(guests, visitId)).toEqual([photoId]), 10_000);
    const { sealed } = rowOf(visitId) ?? expect.fail('there is no gallery');
    const searched = vi.spyOn(core.matching, 'find');
    onTestFinished(() => searched.mockRestore());
    guests.phones.outdate();
    await vi.waitFor(() => expect(searched).toHaveBeenCalled());
    await guests.book.stop();
    expect(rowOf(visitId)?.sealed).toEqual(sealed);

    const again = openGuests(id);
    valueOf(await again.phones.gallery(token));
    valueOf(again.phones.answer(token, photoId, false));
    expect(photosIn(again, visitId)).toEqual([]);
    valueOf(again.phones.answer(token, photoId, true));
    await vi.waitFor(() => expect(photosIn(again, visitId)).toEqual([photoId]), 10_000);
  });

  it('does not lose a photo that has come since the guest was last searched for', async () => {
    const { id } = openEvent();
    const guests = openGuests(id);
    const visitId = await lookFor(guests, id);
    valueOf(await guests.visits.share(visitId));
    const photoId = await takePhoto(id, guests);
    await vi.waitFor(() => expect(photosIn(guests, visitId)).toEqual([photoId]), 10_000);
    // The guest has not seen it, and asks once more.
    valueOf(await guests.visits.share(visitId));
    await vi.waitFor(() => expect(photosIn(guests, visitId)).toEqual([photoId]), 10_000);
  });

  it('has what it had when another pack has taken over', async () => {
    const { id } = openEvent();
    const guests = openGuests(id);
    const photoId = await takePhoto(id, guests);
    const visitId = await lookFor(guests, id);
    valueOf(await guests.visits.share(visitId));
    await guests.book.stop();
    const { sealed } = rowOf(visitId) ?? expect.fail('there is no gallery');
    const find = vi.fn<Matching['find']>((event, probe) => core.matching.find(event, probe));
    const book = createGuestBook({
      ...core,
      ...{ eventId: id, galleryUrl, sweepPace: quick, vision: { ...core.vision, packKey: 'another@1' } },
      matching: { ...core.matching, find },
      sealer: sealerOf(core.store, id),
      onErased: () => Promise.resolve(),
      log: pino({ level: 'silent' }),
    });
    const looked = vi.spyOn(core.store.cloudGalleries, 'get');
    onTestFinished(() => looked.mockRestore());
    await vi.waitFor(() => expect(looked).toHaveBeenCalledWith(visitId));
    await book.stop();
    expect(find).not.toHaveBeenCalled();
    expect(rowOf(visitId)?.sealed).toEqual(sealed);
    expect(photosIn(guests, visitId)).toEqual([photoId]);
  });
});

describe('a gallery goes', () => {
  async function shared() {
    const event = openEvent();
    const guests = openGuests(event.id);
    await takePhoto(event.id, guests);
    const visitId = await lookFor(guests, event.id);
    const { token, code } = valueOf(await guests.visits.share(visitId));
    const doors = async () =>
      Promise.all(
        [doorOfToken(token), doorOfCode(code)].map(async (keys) => (await through(await keys)) !== undefined),
      );
    return { id: event.id, guests, visitId, doors };
  }

  it('with the guest', async () => {
    const { guests, visitId, doors } = await shared();
    expect(await doors()).toEqual([true, true]);
    valueOf(await guests.visits.erase(visitId, false, 'guest'));
    expect([await doors(), rowOf(visitId)]).toEqual([[false, false], undefined]);
  });

  it('with the last of its doors: a link that is withdrawn leaves the code’s', async () => {
    const { guests, visitId, doors } = await shared();
    valueOf(guests.visits.withdrawLink(visitId));
    expect(await doors()).toEqual([false, true]);
    expect(rowOf(visitId)).toBeDefined();

    const { guestId, token } = await registerOnPhone(guests);
    expect(rowOf(guestId)).toBeDefined();
    valueOf(guests.visits.withdrawLink(guestId));
    expect([await through(await doorOfToken(token)), rowOf(guestId)]).toEqual([undefined, undefined]);
  });

  it('after its last day', async () => {
    const { visitId, doors } = await shared();
    const letGoAfter = async (passed: number) => {
      const now = () => new Date(Date.now() + passed * 24 * 3_600_000);
      const retention = createRetention({
        ...{ ...core, now, onErased: () => Promise.resolve(), log: pino({ level: 'silent' }) },
      });
      retention.start();
      await retention.stop();
    };
    // The hour at which the guest came has passed, and the day that was named has not.
    await letGoAfter(days + 1 / 1440);
    expect([await doors(), rowOf(visitId) !== undefined]).toEqual([[true, true], true]);
    await letGoAfter(days + 1);
    expect([await doors(), rowOf(visitId)]).toEqual([[false, false], undefined]);
    expect(core.store.visits.get(visitId)).toBeUndefined();
  });
});

describe('a guest who leaves an address', () => {
  const said = { name: 'Zébulon Quatrepattes', email: 'zebulon@quatrepattes.example' };

  it('is to be sent the link, once there is a photo', async () => {
    const { id } = openEvent();
    const guests = openGuests(id, { galleryUrl, sendsMail: true });
    const { guestId, token } = await registerOnPhone(guests, said);
    valueOf(await guests.phones.search(token, frame));
    const { sealed } = core.store.mails.get(guestId) ?? expect.fail('nothing is to be sent');
    const plain = sealerOf(core.store, id).unseal(mailPlaceOf(guestId), sealed ?? expect.fail('it was sent'));
    expect(mailContentSchema.parse(JSON.parse(plain?.toString('utf8') ?? 'null'))).toEqual({
      ...{ to: said.email, name: said.name, language: 'fr', eventName: 'Ana & Léo' },
      url: `${galleryUrl}g#${String(days)}.${token}`,
    });
    expect(await isDue(guestId)).toBe(false);
    await takePhoto(id, guests);
    await vi.waitFor(async () => expect(await isDue(guestId)).toBe(true), 10_000);
  });

  it('is kept no address for e-mails where none are sent', async () => {
    const { id } = openEvent();
    const { guestId } = await registerOnPhone(openGuests(id), said);
    expect(core.store.mails.get(guestId)).toBeUndefined();
  });

  it('is found on the disk by nobody, nor is their face or their link', async () => {
    const { id } = openEvent();
    const guests = openGuests(id, { galleryUrl, sendsMail: true, keepsSelfies: true });
    await takePhoto(id, guests);
    const analysed = valueOf(await core.vision.analyseSelfie(frame));
    const { buffer, byteOffset, byteLength } = analysed.faces[0].template;
    const template = Buffer.from(buffer, byteOffset, byteLength);
    const { guestId, token } = await registerOnPhone(guests, said);
    valueOf(await guests.phones.search(token, frame));
    const door = await doorOfToken(token);

    const disk = await databaseBytes();
    // What is there is found in this way.
    const there = [guestId, door.id, rowOf(guestId)?.sealed ?? 'no gallery'];
    for (const known of there) expect(disk.includes(known)).toBe(true);
    const secrets = [
      ...[said.email, said.name, token, template.subarray(0, 16), template.toString('base64').slice(0, 20)],
      ...[Buffer.from(door.key), contentsOf(guests, guestId).key, frame.subarray(1000, 1040)],
      contentsOf(guests, guestId).key.toString('base64'),
    ];
    for (const secret of secrets) expect([secret, disk.includes(secret)]).toEqual([secret, false]);
  });
});

describe('what the cloud is told of a visit', () => {
  it('is its consent, its photos and what became of them, in the same words each time, and not who it was', async () => {
    const { id, uid } = openEvent();
    const guests = openGuests(id, { galleryUrl, sendsMail: true });
    await takePhoto(id, guests);
    const said = { name: 'Zébulon Quatrepattes', email: 'zebulon@quatrepattes.example' };
    const { guestId, token } = await registerOnPhone(guests, said);
    valueOf(await guests.phones.search(token, frame));
    const order = { id: randomUUID(), eventId: id, visitId: guestId, sealed: Buffer.from('a page'), sheets: 3 };
    valueOf(core.store.prints.add({ ...order, by: 'guest', template: 'full', voucher: undefined, isPaid: true }));
    const [first, second] = core.store.prints.sheetsOf(order.id);
    valueOf(core.store.prints.change(first.id, { state: 'printed' }));
    valueOf(core.store.prints.change(second.id, { state: 'cancelled' }));
    valueOf(core.store.mails.markSent(guestId));

    const result = cloudResultSchema.parse(guests.results.of(guestId));
    expect(result).toMatchObject({
      ...{ visit: guestId, event: uid, consent: { language: 'fr' } },
      photos: [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }],
      deliveries: [{ kind: 'link' }, { kind: 'print', template: 'full', sheets: 2, printed: 1 }, { kind: 'mail' }],
    });
    expect(result.consent.text).toContain(String(days));
    const text = JSON.stringify(guests.results.of(guestId));
    expect(JSON.stringify(guests.results.of(guestId))).toBe(text);
    for (const secret of [said.name, said.email, token]) expect(text).not.toContain(secret);
    expect(guests.results.of(randomUUID())).toBeUndefined();
  });
});

describe('a gallery is one guest’s', () => {
  const somebodyElse = () => cameraFrame('stranger');

  async function lookAgain({ visits }: Guests, visitId: string, picture: Buffer, shot: number): Promise<void> {
    const sent = visits.addFrame(visitId, shot, picture, []);
    valueOf(await visits.search(visitId, shot));
    await sent;
  }

  it('also where somebody else steps before the kiosk: what becomes of them has a record of its own', async () => {
    const { id } = openEvent();
    const guests = openGuests(id);
    const photoId = await takePhoto(id, guests);
    const visitId = await lookFor(guests, id);
    const first = valueOf(await guests.visits.share(visitId));
    // A picture that shows nobody lies between.
    const sent = guests.visits.addFrame(visitId, 2, await cameraFrame('nobody'), []);
    expect(codeOf(await guests.visits.search(visitId, 2))).toBe('selfie.no-face');
    await sent;
    await lookAgain(guests, visitId, await somebodyElse(), 3);
    const second = valueOf(await guests.visits.share(visitId));
    const [theirs, others] = [
      await through(await doorOfToken(first.token)),
      await through(await doorOfToken(second.token)),
    ];
    expect(others?.contents).not.toBe(theirs?.contents);
    expect(photosIn(guests, visitId)).toEqual([photoId]);
    // Whoever stands there is who is erased.
    valueOf(await guests.visits.erase(visitId, false, 'guest'));
    await guests.book.stop();
    expect(photosIn(guests, visitId)).toEqual([photoId]);
    expect(await through(await doorOfToken(second.token))).toBeUndefined();
    expect(await through(await doorOfToken(first.token))).toEqual(theirs);
  });

  it('and stays it with another picture of theirs, which is erased with the rest', async () => {
    const { id } = openEvent();
    const guests = openGuests(id);
    await takePhoto(id, guests);
    const visitId = await lookFor(guests, id);
    const first = valueOf(await guests.visits.share(visitId));
    await lookAgain(guests, visitId, frame, 2);
    valueOf(await guests.visits.erase(visitId, false, 'guest'));
    expect(await through(await doorOfToken(first.token))).toBeUndefined();
    expect(core.store.visits.get(visitId)).toBeUndefined();
  });

  it('also where somebody else takes a selfie with a phone that the code has opened', async () => {
    const { id } = openEvent();
    const guests = openGuests(id);
    const photoId = await takePhoto(id, guests);
    const visitId = await lookFor(guests, id);
    const { code } = valueOf(await guests.visits.share(visitId));
    const { token } = valueOf(await guests.phones.openByCode(code));
    valueOf(await guests.phones.search(token, await somebodyElse()));
    // What they say of photos is said of themselves.
    valueOf(guests.phones.answer(token, photoId, false));
    valueOf(await guests.visits.keep(visitId));
    const { findings } = valueOf(await guests.visits.resume(code));
    expect(findings.sure.map(({ id: found }) => found)).toEqual([photoId]);
    await guests.book.stop();
    expect(photosIn(guests, visitId)).toEqual([photoId]);
  });

  it('and has their latest word, whichever door it came through', async () => {
    const { id } = openEvent();
    const guests = openGuests(id);
    const photoId = await takePhoto(id, guests);
    const visitId = await lookFor(guests, id);
    const { code } = valueOf(await guests.visits.share(visitId));
    guests.visits.end(visitId);
    const { token } = valueOf(await guests.phones.openByCode(code));
    expect(valueOf(await guests.phones.gallery(token)).findings.sure.map(({ id: found }) => found)).toEqual([photoId]);
    valueOf(guests.phones.answer(token, photoId, false));
    expect(photosIn(guests, visitId)).toEqual([]);
    const { findings } = valueOf(await guests.visits.resume(code));
    expect(findings.sure).toEqual([]);
    await guests.book.stop();
    expect(photosIn(guests, visitId)).toEqual([]);
  });
});

describe('who a guest is', () => {
  it('is told to a service in the guest’s own words: what the crew calls them stays here', async () => {
    const { id } = openEvent();
    const guests = openGuests(id);
    const said = { name: 'Zébulon', email: 'zebulon@quatrepattes.example' };
    const { guestId } = await registerOnPhone(guests, said);
    const nameless = await lookFor(guests, id);
    for (const visitId of [guestId, nameless]) valueOf(guests.visits.name(visitId, 'La dame au chapeau'));
    expect(guests.results.factsOf(guestId)).toMatchObject(said);
    expect(guests.results.factsOf(nameless)).toMatchObject({ name: undefined, email: undefined });
  });
});

describe('a selfie', () => {
  const selfieOf = (eventId: number, visitId: string) => {
    const kept = core.store.findme.selfieOf(visitId);
    return kept && sealerOf(core.store, eventId).unseal(selfiePlaceOf(visitId), kept.sealed);
  };

  it('is kept for a FindMe service where there is one, once it has shown somebody', async () => {
    const { id } = openEvent();
    const guests = openGuests(id, { galleryUrl, keepsSelfies: true });
    const visitId = await lookFor(guests, id);
    expect(selfieOf(id, visitId)).toEqual(frame);
    const { guestId, token } = await registerOnPhone(guests);
    const nobody = await cameraFrame('nobody');
    expect(codeOf(await guests.phones.search(token, nobody))).toBe('selfie.no-face');
    expect(selfieOf(id, guestId)).toBeUndefined();
    valueOf(await guests.phones.search(token, frame));
    expect(selfieOf(id, guestId)).toEqual(frame);
  });

  it('says nothing of where a phone took it, and is the same way up', async () => {
    const { id } = openEvent();
    const guests = openGuests(id, { galleryUrl, keepsSelfies: true });
    const { guestId, token } = await registerOnPhone(guests);
    const tags = { IFD0: { Make: 'Zwetschge' }, IFD3: { GPSLatitude: '48/1 51/1 30/1' } };
    const lying = sharp(frame).rotate(-90).withExif(tags).withMetadata({ orientation: 6 });
    const told = await lying.jpeg({ quality: 95 }).toBuffer();
    expect(told.includes('Zwetschge')).toBe(true);
    valueOf(await guests.phones.search(token, told));
    const kept = selfieOf(id, guestId) ?? expect.fail('there is no selfie');
    expect(kept.includes('Zwetschge')).toBe(false);
    expect(await exifr.parse(kept)).toEqual({ Orientation: 'Rotate 90 CW' });
  });

  it('is kept nowhere without one', async () => {
    const { id } = openEvent();
    const guests = openGuests(id);
    expect(selfieOf(id, await lookFor(guests, id))).toBeUndefined();
  });
});
