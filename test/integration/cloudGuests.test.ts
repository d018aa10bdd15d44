// Guests of a booth that has everything of the cloud: a bucket, a mail server and a FindMe service. What they are given is opened as they do it, from the bucket
// alone, and whoever stands there with no network notices nothing.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  cloudGallerySchema,
  cloudResultSchema,
  contentsSchema,
  doorContentSchema,
  doorOfCode,
  doorOfToken,
  doorPath,
  doorSchema,
  galleryDaysPath,
  galleryDaysSchema,
  kioskEvents,
  openSealed,
  phoneEventSchema,
  phonePaths,
  registeredSchema,
  type DoorKeys,
} from '../../preload/index.ts';
import { cameraFrame, guestsPhoto } from '../fixtures/cameraFile.ts';
import { valueOf } from '../fixtures/core.ts';
import { rowsOf } from '../fixtures/database.ts';
import { findGuest, searchedBooth, signIn, startDesk, untilIndexed } from '../fixtures/desk.ts';
import { startFindme } from '../fixtures/findmeServer.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { startMailServer } from '../fixtures/mailServer.ts';
import { readLetter } from '../fixtures/mime.ts';
import { openPhone } from '../fixtures/phone.ts';
import { copySamples } from '../fixtures/photos.ts';
import { faultyProxy, startS3 } from '../fixtures/s3/index.ts';

const searched = searchedBooth([guestsPhoto, 6]);
/** Shows the guest too, and is not in the event yet. */
const laterPhoto = 1;
const said = { name: 'Zébulon', email: 'zebulon@quatrepattes.example' };
const prefix = 'booth-1/';
const patience = { timeout: 40_000, interval: 100 };

type Whole = Awaited<ReturnType<typeof openWhole>>;

async function openWhole() {
  const bucketDir = await temporaryFolder();
  const [s3, mail, findme] = await Promise.all([
    startS3(bucketDir),
    startMailServer({ security: 'none' }),
    startFindme(),
  ]);
  s3.isPublic = true;
  const network = await faultyProxy(s3.endpoint);
  for (const place of [network, s3, mail, findme]) onTestFinished(() => place.close());
  /** As phones reach it, whatever network the booth has. */
  const galleryUrl = `${s3.endpoint}/${s3.bucket}/${prefix}`;
  const desk = await startDesk(await searched(), {
    phones: { host: '127.0.0.1', port: 0, address: '127.0.0.1', asksEmail: true },
    places: {
      settings: {
        cloud: { endpoint: network.endpoint, bucket: s3.bucket, prefix, usesPathStyle: true, galleryUrl },
        mail: { host: 'localhost', port: mail.port, security: 'none', user: 'booth', from: 'photos@studio.example' },
        findme: { url: findme.url },
      },
      env: {
        ...{ FINDME_CLOUD_KEY_ID: s3.credentials.accessKeyId, FINDME_CLOUD_KEY: s3.credentials.secretAccessKey },
        ...{ FINDME_MAIL_PASSWORD: 'a password', FINDME_API_TOKEN: findme.token },
      },
    },
  });
  const staff = desk.openStaff();
  await signIn(staff);
  const kiosk = desk.openKiosk();
  const { phones } = valueOf(await kiosk.ask('kiosk:open', {}));
  const phone = openPhone(new URL(phones?.startUrl ?? expect.fail('phones are not served')).origin);
  return { ...{ desk, staff, kiosk, phone, s3, network, mail, findme, galleryUrl, bucketDir } };
}

/** Until nothing is left to be brought anywhere. */
const untilDone = ({ staff }: Whole) =>
  vi.waitFor(async () => {
    const { lanes, troubled } = valueOf(await staff.ask('sync:open', {})).sync ?? expect.fail('nothing is synced');
    expect([lanes.map(({ lane, state }) => [lane, state]), troubled]).toEqual([
      [
        ['bucket', 'done'],
        ['findme', 'done'],
        ['mail', 'done'],
      ],
      [],
    ]);
  }, patience);

/** A guest who takes the selfie on the phone. @returns the token */
async function registerWithEmail({ phone }: Whole): Promise<string> {
  const event = phoneEventSchema.parse(await (await phone.get(phonePaths.event)).json());
  expect(event).toMatchObject({ asksEmail: true, sendsLink: true });
  const consent = { version: event.consents.fr?.version };
  const reply = await phone.post(phonePaths.register, { eventCode: event.code, language: 'fr', consent, ...said });
  const { guestToken } = registeredSchema.parse(await reply.json());
  expect(await phone.takeSelfie(guestToken, await cameraFrame('guest'))).toMatchObject({ state: 'done', photos: 1 });
  return guestToken;
}

/** A guest of the kiosk who takes the gallery along. */
async function shareAtKiosk({ kiosk }: Whole) {
  const { visitId } = await findGuest(kiosk);
  const { home, code, here } = valueOf(await kiosk.ask('visit:share', { visitId }));
  return { visitId, code, here, homeUrl: home?.url ?? expect.fail('there is no gallery in the cloud') };
}

const readJson = async (url: string): Promise<unknown> => {
  const reply = await fetch(url);
  return reply.ok ? reply.json() : undefined;
};

/** The gallery behind a door, as the page reads it; undefined where there is no door. */
async function through({ galleryUrl }: Whole, days: number, { id, key }: DoorKeys) {
  const door = await readJson(`${galleryUrl}${doorPath(days, id)}`);
  if (door === undefined) return undefined;
  const opened = await openSealed(key, doorPath(days, id), doorSchema.parse(door).sealed);
  const behind = doorContentSchema.parse(JSON.parse(opened ?? expect.fail('the door does not open')));
  const contents = contentsSchema.parse(await readJson(`${galleryUrl}${behind.contents}`));
  const inner = await openSealed(Buffer.from(behind.key, 'base64'), behind.contents, contents.sealed);
  return cloudGallerySchema.parse(JSON.parse(inner ?? expect.fail('the contents do not open')));
}

async function openLink(whole: Whole, url: string) {
  const [, page, days, token] = /^(.*)#(\d+)\.(.+)$/.exec(url) ?? expect.fail(`${url} is no link`);
  expect(page).toBe(`${whole.galleryUrl}g`);
  return through(whole, Number(days), await doorOfToken(token));
}

async function openCode(whole: Whole, code: string) {
  const days = galleryDaysSchema.parse(await readJson(`${whole.galleryUrl}${galleryDaysPath}`));
  expect(days).toHaveLength(1);
  return through(whole, days[0], await doorOfCode(code));
}

/** So many photos, each of them to be had. */
async function expectPhotos(whole: Whole, gallery: Awaited<ReturnType<typeof through>>, count: number) {
  expect(gallery?.photos).toHaveLength(count);
  for (const { thumbnail, screen } of gallery?.photos ?? []) {
    for (const picture of [thumbnail, screen]) {
      const reply = await fetch(`${whole.galleryUrl}${picture}`);
      expect([picture, reply.status, reply.headers.get('content-type')]).toEqual([picture, 200, 'image/jpeg']);
    }
  }
}

const linkIn = (source: string): string => {
  const { text } = readLetter(source);
  return /https?:\S+#\S+/.exec(text)?.[0] ?? expect.fail('there is no link in the letter');
};

const tokenIn = (url: string): string => url.split('.').at(-1) ?? '';

/** All bytes of the database, as whoever takes the disk away has them. */
async function databaseBytes(libraryDir: string): Promise<Buffer> {
  const files = (await filesIn(libraryDir)).filter((file) => file.startsWith('library.db'));
  return Buffer.concat(await Promise.all(files.map((file) => readFile(path.join(libraryDir, file)))));
}

/** All bytes that lie in the bucket, with what it knows of them and what they are called. */
async function bucketBytes({ bucketDir }: Whole): Promise<Buffer> {
  const files = await filesIn(bucketDir);
  return Buffer.concat([
    Buffer.from(files.join('\n')),
    ...(await Promise.all(files.map((file) => readFile(path.join(bucketDir, file))))),
  ]);
}

const keysUnder = async ({ s3 }: Whole, folder: string): Promise<string[]> =>
  [...(await s3.objects()).keys()].filter((key) => key.includes(`/${folder}/`));

describe('guests of a booth with everything', () => {
  it('open their galleries from the bucket alone, by what the letter, the kiosk and the code say, also when photos come later', async () => {
    const whole = await openWhole();
    const { mail, findme, s3, galleryUrl, desk, staff } = whole;
    const token = await registerWithEmail(whole);
    const { code, homeUrl, here } = await shareAtKiosk(whole);
    expect(code).toMatch(/^[0-9A-Z]{12}$/);
    expect(here).toBeDefined();
    await untilDone(whole);

    expect(mail.received.map(({ to }) => to)).toEqual([[said.email]]);
    const letterUrl = linkIn(mail.received[0]?.source ?? '');
    expect(letterUrl.endsWith(`.${token}`)).toBe(true);
    for (const gallery of [
      await openLink(whole, letterUrl),
      await openLink(whole, homeUrl),
      await openCode(whole, code),
    ]) {
      await expectPhotos(whole, gallery, 1);
      expect(gallery).toMatchObject({ event: { name: 'Le mariage' }, isLive: true });
    }
    const page = await (await fetch(`${galleryUrl}g`)).text();
    const script = /gallery\/[\w.-]+\.js/.exec(page)?.[0] ?? expect.fail('the page has no script');
    expect((await fetch(`${galleryUrl}${script}`)).status).toBe(200);

    const results = await keysUnder(whole, 'results');
    expect(results).toHaveLength(2);
    const known = await Promise.all(
      results.map(async (key) => {
        // Nobody's but the owner's.
        expect((await fetch(`${s3.endpoint}/${s3.bucket}/${key}`)).status).toBe(403);
        const bytes = await readFile(path.join(whole.bucketDir, s3.bucket, `${key}._S3rver_object`));
        return cloudResultSchema.parse(JSON.parse(bytes.toString()));
      }),
    );
    expect(known.map(({ photos }) => photos.length)).toEqual([1, 1]);
    expect(known.flatMap(({ deliveries }) => deliveries.map(({ kind }) => kind)).sort()).toEqual([
      ...['code', 'link', 'link', 'mail'],
    ]);
    const guests = [...findme.guests.values()];
    expect(findme.refused).toEqual([]);
    expect(guests.map(({ registration }) => registration['email']).sort()).toEqual([said.email, undefined]);
    expect(guests.every(({ selfie }) => String(selfie?.['selfie']).startsWith('\xff\xd8\xff'))).toBe(true);

    await copySamples([laterPhoto], desk.photosDir);
    await untilIndexed(staff, 3);
    await vi.waitFor(async () => {
      await untilDone(whole);
      for (const gallery of [await openLink(whole, letterUrl), await openCode(whole, code)])
        await expectPhotos(whole, gallery, 2);
    }, patience);
    // One letter is enough.
    expect(mail.received).toHaveLength(1);

    const bytes = await bucketBytes(whole);
    expect(bytes.includes('Le mariage')).toBe(false);
    for (const secret of [said.email, said.name, token, tokenIn(homeUrl), code])
      expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
  }, 180_000);

  it('are answered as ever where the network is gone, and have everything once it is back', async () => {
    const whole = await openWhole();
    const { network, findme, mail, kiosk, phone, desk, staff } = whole;
    await untilDone(whole);
    const usual = await registerWithEmail(whole).then((token) => phone.gallery(token));
    const usualShare = await shareAtKiosk(whole);
    await untilDone(whole);

    network.faultFor = () => ({ cutAfterBytes: 0 });
    findme.faultFor = () => ({ isCut: true });
    mail.behaviour.isAway = true;
    const token = await registerWithEmail(whole);
    const lost = await shareAtKiosk(whole);
    const stateOf = async (lane: string) =>
      valueOf(await staff.ask('sync:open', {})).sync?.lanes.find((one) => one.lane === lane)?.state;
    for (const lane of ['bucket', 'findme'])
      await vi.waitFor(async () => expect(await stateOf(lane)).toBe('unreachable'), patience);
    // Known to be gone, it is the same.
    const again = await shareAtKiosk(whole);
    const kept = await findGuest(kiosk);
    valueOf(await kiosk.ask('visit:keep', { visitId: kept.visitId }));
    expect(await phone.gallery(token)).toEqual(usual);
    for (const share of [lost, again]) expect(Object.keys(share)).toEqual(Object.keys(usualShare));
    const names = Object.keys(kioskEvents) as (keyof typeof kioskEvents)[];
    const told = [valueOf(await kiosk.ask('kiosk:open', {})), ...names.map((name) => kiosk.told(name))];
    expect(JSON.stringify(told)).not.toMatch(/"(cloud|mail|findme|sync)\./);

    const disk = await databaseBytes(desk.libraryDir);
    // What waits is there to be found, and names nobody.
    const { troubled } = valueOf(await staff.ask('sync:open', {})).sync ?? expect.fail('nothing is synced');
    expect(troubled.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['guest', 'result', 'gallery']));
    for (const { path: subject } of troubled) expect([subject, disk.includes(subject)]).toEqual([subject, true]);
    for (const secret of [said.email, said.name, token, lost.code, tokenIn(lost.homeUrl)])
      expect([secret, disk.includes(secret)]).toEqual([secret, false]);

    network.faultFor = () => undefined;
    findme.faultFor = () => undefined;
    valueOf(await staff.ask('sync:retry', {}));
    // The letters are the last: what they lead to is there by now.
    await vi.waitFor(async () => expect(await stateOf('mail')).toBe('unreachable'), patience);
    expect(await phone.gallery(token)).toEqual(usual);
    mail.behaviour.isAway = false;
    valueOf(await staff.ask('sync:retry', {}));
    await untilDone(whole);
    for (const { homeUrl, code } of [lost, again]) {
      await expectPhotos(whole, await openLink(whole, homeUrl), 1);
      await expectPhotos(whole, await openCode(whole, code), 1);
    }
    expect(mail.received).toHaveLength(2);
  }, 180_000);

  it('are gone everywhere when they erase themselves; a link that is withdrawn leaves the code’s door', async () => {
    const whole = await openWhole();
    const { phone, kiosk, staff, findme, desk, s3 } = whole;
    const token = await registerWithEmail(whole);
    const { visitId, code, homeUrl } = await shareAtKiosk(whole);
    valueOf(await kiosk.ask('visit:end', { visitId }));
    await untilDone(whole);
    const letterUrl = linkIn(whole.mail.received[0]?.source ?? '');
    expect(findme.guests.size).toBe(2);
    expect(await keysUnder(whole, 'contents')).toHaveLength(2);

    const atKiosk = valueOf(await staff.ask('visits:today', {})).find(({ hasCode }) => hasCode);
    valueOf(await staff.ask('visits:withdraw-link', { visitId: atKiosk?.visitId ?? expect.fail('nobody was there') }));
    expect(await phone.erase(token, false)).toEqual({ faces: 0 });
    await untilDone(whole);

    expect(await openLink(whole, homeUrl)).toBeUndefined();
    await expectPhotos(whole, await openCode(whole, code), 1);
    expect(await openLink(whole, letterUrl)).toBeUndefined();
    expect(await keysUnder(whole, 'contents')).toHaveLength(1);
    expect(await keysUnder(whole, 'doors')).toHaveLength(1);
    const erasures = await keysUnder(whole, 'erasures');
    const results = await keysUnder(whole, 'results');
    expect([erasures.length, results.length]).toEqual([1, 1]);
    expect(path.basename(results[0])).not.toBe(path.basename(erasures[0]));
    expect((await fetch(`${s3.endpoint}/${s3.bucket}/${erasures[0]}`)).status).toBe(403);
    expect([...findme.guests.values()].map(({ registration }) => registration['email'])).toEqual([undefined]);
    await desk.stop();
    expect(rowsOf(desk.libraryDir, 'SELECT * FROM outbox')).toEqual([]);
  }, 180_000);
});
