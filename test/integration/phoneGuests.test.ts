// Guests behind phones in core, with real workers, a real database and the real models; without HTTP, so that one thing can be made to wait for another.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createGuestBook, createPhoneGuests, type PhoneGuests } from '../../main/core/guests/index.ts';
import type { Core } from '../../main/core/index.ts';
import type { Matching } from '../../main/core/matching/index.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { cameraFrame, eventSamples } from '../fixtures/cameraFile.ts';
import { codeOf, consentVersionOf, sealerOf, startBooth, valueOf } from '../fixtures/core.ts';
import { filesIn, makeFolder, removeFolder } from '../fixtures/folders.ts';
import { sampleFile } from '../fixtures/photos.ts';

let folder: string;
let core: Core;
let eventId: number;
/** One who is in one of the event's photos, and one who is in none. */
let guest: Buffer;
let stranger: Buffer;

beforeAll(async () => {
  folder = await makeFolder();
  core = valueOf((await startBooth({ libraryDir: path.join(folder, 'library'), keepOriginals: 'link' })).core);
  eventId = core.events.open('wedding').id;
  for (const sample of eventSamples) valueOf(await core.library.take(eventId, sampleFile(sample)));
  await core.library.settled();
  [guest, stranger] = await Promise.all([cameraFrame('guest'), cameraFrame('stranger')]);
});

afterAll(async () => {
  await core.stop();
  await removeFolder(folder);
});

function openGuests(matching: Matching = core.matching): PhoneGuests {
  const { vision, store, index, events } = core;
  const book = createGuestBook({
    ...{ vision, matching, index, store, events, eventId },
    sealer: sealerOf(store, eventId),
    onErased: () => Promise.resolve(),
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => book.stop());
  return createPhoneGuests({ book, vision, store, eventId });
}

async function register(guests: PhoneGuests, said: { name?: string; email?: string } = {}) {
  const { name, email } = said;
  const event = core.events.get(eventId) ?? expect.fail('there is no such event');
  const consentVersion = core.events.consentsOf(event, 'phone').fr?.version ?? consentVersionOf(core, eventId);
  return valueOf(await guests.register({ language: 'fr', consentVersion, name, email }));
}

/** The index, of which an answer can be made to wait. */
function heldMatching() {
  let holding: { asked: () => void; until: Promise<void> } | undefined;
  const matching: Matching = {
    ...core.matching,
    find: async (event, probe) => {
      const holds = holding;
      holding = undefined;
      const found = await core.matching.find(event, probe);
      holds?.asked();
      await holds?.until;
      return found;
    },
  };
  /** The next answer waits until it is let go. */
  const hold = () => {
    let letGo: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (letGo = resolve));
    const isAsked = new Promise<void>((resolve) => (holding = { asked: resolve, until }));
    return { isAsked, letGo };
  };
  return { matching, hold };
}

describe('a gallery that is asked for while another selfie takes the place of the last', () => {
  const photosIn = async (guests: PhoneGuests, token: string) =>
    valueOf(await guests.gallery(token)).findings.sure.length;

  it('is the old one or the new one, and never one that has been withdrawn', async () => {
    const { matching, hold } = heldMatching();
    const guests = openGuests(matching);
    const { token } = await register(guests);
    expect(valueOf(await guests.search(token, guest))).toEqual({ photos: 1 });

    // Photos have come: the gallery is searched anew, by the old picture.
    guests.outdate();
    const { isAsked, letGo } = hold();
    const asked = [guests.gallery(token), guests.gallery(token)];
    await isAsked;
    expect(valueOf(await guests.search(token, stranger))).toEqual({ photos: 0 });
    letGo();
    for (const gallery of await Promise.all(asked)) {
      expect([0, 1]).toContain(valueOf(gallery).findings.sure.length);
    }
    // From then on it is the new one alone.
    expect(await photosIn(guests, token)).toBe(0);
  });

  it('is so whenever it is asked for', async () => {
    const guests = openGuests();
    const { token } = await register(guests);
    valueOf(await guests.search(token, guest));
    for (let i = 0; i < 6; i++) {
      let isOver = false;
      const searching = guests.search(token, i % 2 === 0 ? stranger : guest).finally(() => (isOver = true));
      while (!isOver) {
        guests.outdate();
        expect([0, 1]).toContain(await photosIn(guests, token));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(valueOf(await searching)).toEqual({ photos: i % 2 });
    }
  });
});

describe('one phone', () => {
  /** Pictures of one face each, of everybody in the samples. */
  async function* everybody(): AsyncGenerator<Buffer> {
    for (const sample of [1, 2, 3, 4, 5, 6]) {
      const bytes = await sharp(sampleFile(sample)).autoOrient().jpeg().toBuffer();
      const { width, height } = await sharp(bytes).metadata();
      for (const { box } of valueOf(await core.vision.analyseSelfie(bytes)).faces) {
        const [left, top] = [Math.max(0, box.x - box.width / 2), Math.max(0, box.y - box.height / 2)].map(Math.round);
        const size = {
          width: Math.round(Math.min(width - left, 2 * box.width)),
          height: Math.round(Math.min(height - top, 2 * box.height)),
        };
        const picture = sharp(bytes)
          .extract({ left, top, ...size })
          .resize({ width: 480 });
        yield picture.jpeg().toBuffer();
      }
    }
  }

  it('looks for three people at most, and each after the first is in the audit', async () => {
    const guests = openGuests();
    const { token } = await register(guests);
    const audited = (action: string) =>
      core.store.audit.page(undefined, 1000).filter((entry) => entry.action === action).length;
    const before = audited('guest.another-person');
    let code = 'ok';
    for await (const picture of everybody()) {
      code = codeOf(await guests.search(token, picture));
      if (code === 'selfie.too-many-people') break;
    }
    expect([code, audited('guest.too-many-people')]).toEqual(['selfie.too-many-people', 1]);
    expect(audited('guest.another-person') - before).toBe(2);
  });
});

describe('what a guest says of themselves on the phone', () => {
  const said = { name: 'Zébulon Quatrepattes', email: 'zebulon@quatrepattes.example' };

  it('is kept under the event’s key alone, and goes with the guest', async () => {
    const guests = openGuests();
    const { token, guestId } = await register(guests, said);
    const sealedNow = () => core.store.visits.get(guestId)?.sealed;
    const read = () => {
      const sealed = sealedNow() ?? expect.fail('nothing is kept');
      const plain = sealerOf(core.store, eventId).unseal(`visit/${guestId}`, sealed);
      return JSON.parse(plain?.toString('utf8') ?? 'null') as unknown;
    };
    expect(read()).toMatchObject({ ...said, matches: [] });
    // What is found is written into the same record.
    valueOf(await guests.search(token, guest));
    expect(read()).toMatchObject({ ...said, matches: [{}] });

    const onDisk = async () => {
      const files = (await filesIn(path.join(folder, 'library'))).filter((file) => file.startsWith('library.db'));
      return Buffer.concat(await Promise.all(files.map((file) => readFile(path.join(folder, 'library', file)))));
    };
    const sealed = sealedNow() ?? expect.fail('nothing is kept');
    const before = await onDisk();
    expect(before.includes(sealed)).toBe(true);
    for (const word of Object.values(said)) expect([word, before.includes(word)]).toEqual([word, false]);

    valueOf(await guests.erase(token, false));
    expect(sealedNow()).toBeUndefined();
    expect(codeOf(await guests.gallery(token))).toBe('guest.unknown');
  });
});
