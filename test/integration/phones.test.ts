// Guests' phones and the booth, over real HTTP: real workers, a real database, the real models.
import { once } from 'node:events';
import { mkdir, readFile, rename, rmdir } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import AdmZip from 'adm-zip';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { phonePaths } from '../../preload/index.ts';
import { cameraFrame, eventSamples } from '../fixtures/cameraFile.ts';
import { valueOf } from '../fixtures/core.ts';
import { findGuest, openDesk, setUp, untilIndexed, untilState, type TestDesk } from '../fixtures/desk.ts';
import { filesIn, makeFolder, removeFolder } from '../fixtures/folders.ts';
import { eventsOf, openPhone, refusalOf, type Phone } from '../fixtures/phone.ts';
import { copySamples, sampleFile, sceneFile } from '../fixtures/photos.ts';

const phones = { host: '127.0.0.1', port: 0, address: '127.0.0.1' };
const eventCode = 'wedding';

// One for all tests: what a test changes of the event it changes back.
let folder: string;
let booth: TestDesk;
let staff: ReturnType<TestDesk['openStaff']>;
let kiosk: ReturnType<TestDesk['openKiosk']>;
let phone: Phone;

beforeAll(async () => {
  folder = await makeFolder();
  booth = await openDesk(folder, { phones });
  staff = booth.openStaff();
  await copySamples(eventSamples, booth.photosDir);
  await setUp(staff, booth.photosDir, eventCode);
  await untilState(staff, 'ready');
  await untilIndexed(staff, eventSamples.length);
  kiosk = booth.openKiosk();
  const { phones: reached } = valueOf(await kiosk.ask('kiosk:open', {}));
  phone = openPhone(new URL(reached?.startUrl ?? expect.fail('phones are not served')).origin);
});

afterAll(async () => {
  await booth.stop();
  await removeFolder(folder);
});

const eventNow = async () => valueOf(await staff.ask('events:list', {}))[0];

/** Lets other settings go over the event's, for the test. */
async function changeEvent(change: object): Promise<void> {
  const { id, code, settings } = await eventNow();
  valueOf(await staff.ask('events:update', { id, code, settings: { ...settings, ...change } }));
  onTestFinished(async () => void valueOf(await staff.ask('events:update', { id, code, settings })));
}

/** A guest of the kiosk who takes the gallery along. */
async function share() {
  const { visitId } = await findGuest(kiosk);
  const shared = valueOf(await kiosk.ask('visit:share', { visitId }));
  const { url } = shared.here ?? expect.fail('phones are not served');
  return { visitId, ...shared, token: path.basename(new URL(url).pathname) };
}

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, { schema: object }> }> }>>;
}

/** What the server says that an answer looks like. */
function validatorOf({ paths }: OpenApi, path: string, method: string, status: number | string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  return ajv.compile(paths[path][method].responses[String(status)].content['application/json'].schema);
}

describe('a guest on the phone', () => {
  it('registers, takes a selfie and has the photos, one by one and all at once, until they are erased', async () => {
    const token = await phone.register(eventCode);
    expect(await phone.gallery(token)).toMatchObject({ photos: [], hasSelfie: false, language: 'fr', isLive: true });

    const job = await phone.takeSelfie(token, await cameraFrame('guest'));
    expect(job).toEqual({ state: 'done', photos: 1, galleryUrl: phonePaths.galleryPage(token) });
    const { photos } = await phone.gallery(token);
    expect(photos).toHaveLength(1);
    const [{ id, width, height }] = photos;

    for (const size of ['thumbnail', 'screen', 'download'] as const) {
      const picture = await phone.get(phonePaths.photo(token, id, size));
      expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect(Buffer.from(await picture.arrayBuffer()).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    }
    expect(Math.max(width, height)).toBeGreaterThan(1000);

    const zip = await phone.get(phonePaths.zip(token));
    const bytes = Buffer.from(await zip.arrayBuffer());
    expect(bytes.length).toBe(Number(zip.headers.get('content-length')));
    expect(new AdmZip(bytes).getEntries().map(({ entryName }) => entryName)).toHaveLength(1);
    expect(new AdmZip(bytes).test()).toBe(true);

    // The rest of a download that broke off, and nothing of one that has changed since.
    const etag = zip.headers.get('etag') ?? '';
    const rest = await phone.get(phonePaths.zip(token), { range: 'bytes=1000-', 'if-range': etag });
    expect([rest.status, rest.headers.get('content-range')]).toEqual([
      206,
      `bytes 1000-${String(bytes.length - 1)}/${String(bytes.length)}`,
    ]);
    expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(1000))).toBe(true);
    expect((await phone.get(phonePaths.zip(token), { range: 'bytes=5-', 'if-range': '"other"' })).status).toBe(200);
    const beyond = await phone.get(phonePaths.zip(token), { range: `bytes=${String(bytes.length)}-` });
    expect(beyond.status).toBe(416);

    const answered = await phone.post(phonePaths.answer(token), { photoId: id, isMe: false });
    expect(await answered.json()).toMatchObject({ photos: [], hasSelfie: true });
    for (const notTheirs of [id, id + 1]) {
      const refused = await refusalOf(await phone.get(phonePaths.photo(token, notTheirs, 'screen')));
      expect([notTheirs, refused]).toEqual([notTheirs, { status: 404, code: 'photo.missing-original' }]);
    }

    expect(await phone.erase(token, false)).toEqual({ faces: 0 });
    expect(await refusalOf(await phone.get(phonePaths.gallery(token)))).toEqual({ status: 401, code: 'guest.unknown' });
  });

  it('is refused where the code, the consent or the event is not right', async () => {
    const ask = async (body: object) =>
      refusalOf(await phone.post(phonePaths.register, { eventCode, language: 'fr', ...body }));
    expect(await ask({ eventCode: 'party', consent: { version: 'x' } })).toEqual({
      status: 404,
      code: 'event.unknown',
    });
    expect(await ask({})).toEqual({ status: 422, code: 'consent.missing' });
    expect(await ask({ consent: { version: 'x' } })).toEqual({ status: 422, code: 'visit.consent-outdated' });
    expect(await ask({ consent: { version: 'x' }, more: 1 })).toEqual({ status: 400, code: 'message.invalid' });
    // A phone's keyboard begins with a capital and ends with a space.
    expect(await ask({ eventCode: ' WEDDING\n' })).toEqual({ status: 422, code: 'consent.missing' });
    const token = await phone.register(` ${eventCode.toUpperCase()} `);
    await changeEvent({ may: { ownPhone: false } });
    expect(await ask({ consent: { version: 'x' } })).toEqual({ status: 403, code: 'phones.off' });
    expect(await refusalOf(await phone.upload(token, await cameraFrame('guest')))).toMatchObject({ status: 403 });
    const { id } = await eventNow();
    valueOf(await staff.ask('events:set-state', { id, state: 'closed' }));
    onTestFinished(async () => {
      valueOf(await staff.ask('events:set-state', { id, state: 'open' }));
      await untilState(staff, 'ready');
    });
    expect(await ask({ consent: { version: 'x' } })).toEqual({ status: 410, code: 'event.closed' });
    // What they have they keep.
    expect((await phone.get(phonePaths.gallery(token))).status).toBe(200);
  });

  it('is told at once of a file that is no picture, and soon of a picture that will not do', async () => {
    const token = await phone.register(eventCode);
    const refused = async (selfie: Uint8Array | string, field?: string) =>
      refusalOf(await phone.upload(token, selfie, field));
    expect(await refused('no picture')).toEqual({ status: 422, code: 'photo.not-an-image' });
    expect(await refused('')).toEqual({ status: 422, code: 'photo.empty' });
    expect(await refused(await cameraFrame('guest'), 'other')).toEqual({ status: 400, code: 'message.invalid' });
    expect(await refusalOf(await phone.upload('A'.repeat(22), await cameraFrame('guest')))).toEqual({
      ...{ status: 401, code: 'guest.unknown' },
    });
    const becomes = async (selfie: Uint8Array) => (await phone.takeSelfie(token, selfie)).code;
    expect(await becomes(await cameraFrame('nobody'))).toBe('selfie.no-face');
    expect(await becomes(await cameraFrame('two'))).toBe('selfie.several-faces');
    const whole = await cameraFrame('guest');
    expect(await becomes(whole.subarray(0, whole.length / 2))).toBe('photo.truncated');
    // The phone's own language.
    const { jobId } = (await (await phone.upload(token, await readFile(sceneFile))).json()) as { jobId: string };
    for await (const { data } of eventsOf(
      await phone.get(phonePaths.selfieJobEvents(jobId), { 'accept-language': 'fr-FR,fr;q=0.9' }),
    )) {
      if ((data as { state: string }).state === 'failed')
        expect(data).toMatchObject({ message: expect.stringMatching(/visages/) as string });
    }
  });

  it('is told that a picture is too large before it is sent, or where it becomes so', async () => {
    const token = await phone.register(eventCode);
    const { origin } = phone;
    const mebibyte = 1024 ** 2;
    const begin = (headers: Record<string, string | number>) => {
      const type = 'multipart/form-data; boundary=border';
      const asked = http.request(`${origin}${phonePaths.uploadSelfie}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type, ...headers },
      });
      // What is refused may be hung up while it is still sent.
      asked.on('error', () => undefined);
      onTestFinished(() => void asked.destroy());
      const answered = (async () => {
        const [reply] = (await once(asked, 'response')) as [IncomingMessage];
        return { status: reply.statusCode, code: (JSON.parse(await text(reply)) as { code: string }).code };
      })();
      return { asked, answered };
    };
    const tooLarge = { status: 413, code: 'photo.file-too-large' };

    const said = begin({ 'content-length': 17 * mebibyte });
    said.asked.flushHeaders();
    expect(await said.answered).toEqual(tooLarge);

    const unsaid = begin({ 'transfer-encoding': 'chunked' });
    unsaid.asked.write('--border\r\ncontent-disposition: form-data; name="selfie"; filename="a.jpg"\r\n\r\n');
    for (let sent = 0; sent < 17; sent++) unsaid.asked.write(Buffer.alloc(mebibyte));
    unsaid.asked.end('\r\n--border--\r\n');
    expect(await unsaid.answered).toEqual(tooLarge);
    // Of those that are not, none is taken for one.
    expect((await phone.upload(token, Buffer.alloc(16 * mebibyte))).status).toBe(422);
  });

  it('looks for three people at most', async () => {
    const token = await phone.register(eventCode);
    const faces = [await cameraFrame('guest'), await cameraFrame('stranger')];
    for (const face of faces) expect((await phone.takeSelfie(token, face)).state).toBe('done');
    expect((await phone.takeSelfie(token, faces[0])).photos).toBe(1);
    const entries = valueOf(await staff.ask('audit:page', {}));
    expect(entries.filter(({ action }) => action === 'guest.another-person')).toHaveLength(1);
  });
});

describe('a guest of the kiosk', () => {
  it('takes the gallery along: by the link, by the code, and until staff withdraw it', async () => {
    const { visitId, token, ...shared } = await share();
    expect(valueOf(await kiosk.ask('visit:share', { visitId }))).toEqual(shared);
    expect((await phone.gallery(token)).photos).toHaveLength(1);
    const another = await phone.openByCode(`${shared.code.slice(0, 4)} ${shared.code.slice(4).toLowerCase()}`);
    expect(another).not.toBe(token);
    expect((await phone.gallery(another)).photos).toHaveLength(1);

    const [visit] = valueOf(await staff.ask('visits:today', {}));
    expect(visit).toMatchObject({ hasLink: true, hasCode: true });
    const told = eventsOf(await phone.get(phonePaths.galleryEvents(token)));
    valueOf(await staff.ask('visits:withdraw-link', { visitId: visit.visitId }));
    expect((await told.next()).value).toEqual({ name: 'gone', data: {} });
    expect(await refusalOf(await phone.get(phonePaths.gallery(token)))).toEqual({ status: 401, code: 'guest.unknown' });
    expect(valueOf(await staff.ask('visits:today', {}))[0]).toMatchObject({ hasLink: false, hasCode: true });
  });

  it('has the original’s pixels where the event gives them, and nothing that tells where they were taken', async () => {
    await changeEvent({ may: { originalSize: true } });
    const { token } = await share();
    const { photos, isOriginalSize } = await phone.gallery(token);
    expect(isOriginalSize).toBe(true);
    const reply = await phone.get(phonePaths.photo(token, photos[0].id, 'download'));
    const bytes = Buffer.from(await reply.arrayBuffer());
    const original = await readFile(sampleFile(3));
    // The coded pixels, byte for byte.
    const scan = (jpeg: Buffer) => jpeg.subarray(jpeg.indexOf(Buffer.from([0xff, 0xda])));
    expect(scan(bytes).equals(scan(original))).toBe(true);
    expect(bytes.includes('Exif')).toBe(false);
  });

  it('is told in the contract’s words, which no browser keeps, of a photo that cannot be read', async () => {
    const { token } = await share();
    const [{ id }] = (await phone.gallery(token)).photos;
    const thumbnail = phonePaths.photo(token, id, 'thumbnail');
    expect((await phone.get(thumbnail)).headers.get('cache-control')).toMatch(/max-age/);
    const derivatives = path.join(booth.libraryDir, 'derivatives');
    const files = (await filesIn(derivatives)).map((file) => path.join(derivatives, file));
    for (const file of files) {
      await rename(file, `${file}.away`);
      await mkdir(file);
    }
    const reply = await phone.get(thumbnail);
    expect([reply.headers.get('cache-control'), reply.headers.get('content-type')]).toEqual([
      'no-store',
      'application/json; charset=utf-8',
    ]);
    expect(await refusalOf(reply)).toEqual({ status: 500, code: 'engine.failed' });
    for (const file of files) {
      await rmdir(file);
      await rename(`${file}.away`, file);
    }
    expect((await phone.get(thumbnail)).status).toBe(200);
  });

  it('is told of photos that come', async () => {
    const { visitId, token } = await share();
    valueOf(await kiosk.ask('visit:end', { visitId }));
    const told = eventsOf(await phone.get(phonePaths.galleryEvents(token)));
    await copySamples([1], booth.photosDir);
    expect((await told.next()).value).toEqual({ name: 'photos', data: {} });
    expect((await phone.gallery(token)).photos).toHaveLength(2);
    await told.return(undefined);
  });
});

describe('a guest who leaves', () => {
  it('has the face taken out of the event’s photos', async () => {
    const selfie = await cameraFrame('guest');
    const token = await phone.register(eventCode);
    const { photos = 0 } = await phone.takeSelfie(token, selfie);
    expect(photos).toBeGreaterThan(0);
    expect(await phone.erase(token, true)).toEqual({ faces: photos });
    expect((await phone.takeSelfie(await phone.register(eventCode), selfie)).photos).toBe(0);
  });
});

describe('the server', () => {
  it('describes itself, says how it is, and answers probes for captive portals', async () => {
    const described = (await (await phone.get('/api/openapi.json')).json()) as OpenApi;
    expect(described.openapi).toBe('3.1.0');
    expect(Object.keys(described.paths)).toEqual(
      expect.arrayContaining([phonePaths.register, phonePaths.uploadSelfie, '/api/selfie-jobs/{jobId}']),
    );
    const token = await phone.register(eventCode);
    // Whoever writes a client of their own has no other word for it.
    for (const [template, path] of [
      [phonePaths.event, phonePaths.event],
      ['/api/galleries/{token}', phonePaths.gallery(token)],
      ['/health', '/health'],
    ]) {
      const isAsDescribed = validatorOf(described, template, 'get', 200);
      expect([path, isAsDescribed(await (await phone.get(path)).json()), isAsDescribed.errors]).toEqual([
        path,
        true,
        null,
      ]);
    }
    const refused = validatorOf(described, phonePaths.register, 'post', '4XX');
    expect(refused(await (await phone.post(phonePaths.register, {})).json())).toBe(true);
    expect(await (await phone.get('/health')).json()).toEqual({ status: 'ok', selfiesWaiting: 0 });
    expect(await (await phone.get('/metrics')).text()).toMatch(/^findme_pool_size 1$/m);
    expect((await phone.get('/generate_204')).status).toBe(204);
  });

  it('lets nobody try codes one after the other', async () => {
    const tried: number[] = [];
    for (let i = 0; i < 12; i++) tried.push((await phone.post(phonePaths.open, { code: '00000000' })).status);
    const held = tried.indexOf(429);
    expect(held).toBeGreaterThan(0);
    expect(tried.slice(0, held).every((status) => status === 404)).toBe(true);
    expect(tried.slice(held).every((status) => status === 429)).toBe(true);
  });
});
