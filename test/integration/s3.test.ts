// A bucket, over a network that cuts off, and a server that does things and dies before it says so.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { derivativeKey, photoKey } from '../../main/core/sync/keys.ts';
import {
  createS3Storage,
  s3SettingsSchema,
  type CredentialsSource,
  type MultipartRecord,
  type MultipartRecords,
  type S3Settings,
} from '../../main/core/sync/s3/index.ts';
import { standardPartSizes } from '../../main/core/sync/s3/multipart.ts';
import type { StoredObject } from '../../main/core/sync/storage.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { faultyProxy, startS3, type FaultyProxy, type S3Server } from '../fixtures/s3/index.ts';

const mebibyte = 1024 ** 2;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let server: S3Server;
let proxy: FaultyProxy;
/** Everything that was logged. */
let logged: string;
beforeEach(async () => {
  folder = await makeFolder();
  server = await startS3(path.join(folder, 'cloud'));
  proxy = await faultyProxy(server.endpoint);
  logged = '';
});
afterEach(async () => {
  await proxy.close();
  await server.close();
  await removeFolder(folder);
});

/** As the store keeps them, but for the disk. */
function recordsInMemory(): MultipartRecords & { all: Map<string, MultipartRecord> } {
  const all = new Map<string, MultipartRecord>();
  return {
    all,
    get: (key) => all.get(key),
    set: (key, record) => void all.set(key, record),
    remove: (key) => void all.delete(key),
  };
}

function storage(changed: Partial<S3Settings> = {}, others: Partial<Parameters<typeof createS3Storage>[0]> = {}) {
  const settings = s3SettingsSchema.parse({
    endpoint: proxy.endpoint,
    bucket: server.bucket,
    prefix: 'booth-1/',
    usesPathStyle: true,
    ...changed,
  });
  const write = (line: string) => (logged += line);
  const opened = createS3Storage({
    settings,
    credentials: () => server.credentials,
    parts: recordsInMemory(),
    log: pino({ level: 'debug' }, { write }),
    partSizes: { aboveBytes: 8 * mebibyte, partBytes: 5 * mebibyte },
    ...others,
  });
  onTestFinished(() => opened.close());
  return opened;
}

/** A photo in a file, and what the cloud is to be told of it. */
async function photo(sizeBytes: number, keeps: StoredObject['keeps'] = 'once'): Promise<PhotoObject> {
  const bytes = randomBytes(sizeBytes);
  const file = path.join(folder, 'photo.jpg');
  await writeFile(file, bytes);
  const hash = sha256(bytes);
  return { key: photoKey('gala', hash), content: { file }, sha256: hash, contentType: 'image/jpeg', keeps };
}

type PhotoObject = StoredObject & { content: { file: string } };

const lying = async ({ key }: { key: string }) => (await server.objects()).get(`booth-1/${key}`);
const asked = (what: string) => server.asked.filter((one) => one.startsWith(what)).length;

describe('a photo in the cloud', () => {
  it('lies there as it was, with its type and its hash', async () => {
    const object = await photo(3 * mebibyte);
    expect(await storage().put(object)).toEqual({ at: 'done' });
    expect(await lying(object)).toMatchObject({
      sizeBytes: 3 * mebibyte,
      sha256: object.sha256,
      headers: { 'content-type': 'image/jpeg', 'x-amz-meta-sha256': object.sha256 },
    });
  });

  it.each(['when-supported', 'when-required'] as const)('is checked by the store, checksums %s', async (checksums) => {
    // A byte falls over on its way: only the last, which the size does not tell.
    const meddler = await tamperingServer(server.endpoint);
    const object = await photo(200_000);
    const s3 = storage({ checksums, endpoint: meddler.endpoint });
    expect(await s3.put(object)).toMatchObject({ at: 'later', code: 'cloud.failed' });
    expect(await lying(object)).toBeUndefined();
  });

  it('may be nothing, or bytes in memory, and be another a moment later', async () => {
    const s3 = storage();
    const key = derivativeKey('gala', 'a'.repeat(64), 'thumbnail');
    for (const text of ['', 'first', 'second, and longer']) {
      const bytes = Buffer.from(text);
      const object = { key, content: { bytes }, sha256: sha256(bytes), contentType: 'image/jpeg' } as const;
      expect(await s3.put({ ...object, keeps: 'latest' })).toEqual({ at: 'done' });
      expect((await lying({ key }))?.sha256).toBe(sha256(bytes));
    }
  });

  it('is sent no faster than others let it', async () => {
    let bytes = 0;
    const pace = (more: number) => {
      bytes += more;
      return Promise.resolve();
    };
    await storage().put(await photo(1_000_000), undefined, pace);
    expect(bytes).toBe(1_000_000);
  });

  it('can be taken away, and need not be there for that', async () => {
    const object = await photo(1000);
    const s3 = storage();
    await s3.put(object);
    expect(await s3.remove(object.key)).toEqual({ at: 'done' });
    expect(await server.objects()).toEqual(new Map());
    expect(await s3.remove(object.key)).toEqual({ at: 'done' });
  });

  it.each([
    ['404 page not found', { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found' }],
    ['a hall’s page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Welcome' }],
    ['JSON', { status: 404, headers: { 'content-type': 'application/json' }, body: '{}' }],
  ])('is not taken for gone because somebody on the way says so: %s', async (_, fault) => {
    const object = await photo(1000);
    const s3 = storage();
    await s3.put(object);
    proxy.faultFor = ({ method }) => (method === 'DELETE' ? fault : undefined);
    expect(await s3.remove(object.key)).toMatchObject({ at: 'later' });
    proxy.faultFor = () => undefined;
    expect((await server.objects()).size).toBe(1);
    expect(await s3.remove(object.key)).toEqual({ at: 'done' });
  });
});

describe('what is on this disk', () => {
  it('is not what it was: nothing of it arrives', async () => {
    const object = await photo(300_000);
    await appendFile(object.content.file, 'x');
    expect(await storage().put(object)).toMatchObject({ at: 'refused', code: 'cloud.content-changed' });
    await writeFile(object.content.file, randomBytes(300_000));
    expect(await storage().put(object)).toMatchObject({ at: 'refused', code: 'cloud.content-changed' });
    await writeFile(object.content.file, '');
    expect(await storage().put(object)).toMatchObject({ at: 'refused', code: 'cloud.content-changed' });
    expect(await server.objects()).toEqual(new Map());
  });

  it('is not there any more', async () => {
    const object = await photo(1000);
    const content = { file: path.join(folder, 'gone.jpg') };
    const refused = { at: 'refused', code: 'cloud.content-missing', detail: content.file };
    expect(await storage().put({ ...object, content })).toEqual(refused);
  });
});

describe('done, but nobody heard of it', () => {
  it.each(['known', 'ignored', 'refused'] as const)('a second try doubles nothing, If-None-Match %s', async (knows) => {
    server.ifNoneMatch = knows;
    const object = await photo(200_000);
    const s3 = storage();
    proxy.faultFor = ({ method, url }) =>
      method === 'PUT' && url.includes('photos') ? { diesAfterDoing: true } : undefined;
    const lost = await s3.put(object);
    // The answer that the store does not know the header was lost, the first time.
    expect(lost).toMatchObject({ at: 'later', code: 'cloud.unreachable' });
    proxy.faultFor = () => undefined;
    expect(await s3.put(object)).toEqual({ at: 'done' });
    const puts = asked('PUT');
    expect(await s3.put(object)).toEqual({ at: 'done' });
    expect((await lying(object))?.sha256).toBe(object.sha256);
    // It looks before it sends, where the store cannot be asked to look.
    if (knows === 'refused') expect(asked('PUT')).toBe(puts);
  });

  it('is looked for first where the settings say so', async () => {
    const object = await photo(1000);
    const s3 = storage({ conditionalWrites: 'off' });
    expect([await s3.put(object), await s3.put(object)]).toEqual([{ at: 'done' }, { at: 'done' }]);
    expect([asked('HEAD'), asked('PUT')]).toEqual([2, 1]);
  });

  it('says so where the store should know the header and does not', async () => {
    server.ifNoneMatch = 'refused';
    const s3 = storage({ conditionalWrites: 'on' });
    expect(await s3.put(await photo(1000))).toMatchObject({ at: 'later', code: 'cloud.failed' });
  });

  it('leaves alone what is another’s', async () => {
    const object = await photo(1000);
    const s3 = storage();
    // As large, but not the same.
    const bytes = randomBytes(1000);
    await s3.put({ ...object, content: { bytes }, sha256: sha256(bytes), keeps: 'latest' });
    expect(await s3.put(object)).toMatchObject({ at: 'refused', code: 'cloud.failed' });
    expect((await lying(object))?.sha256).toBe(sha256(bytes));
  });
});

describe('a large file', () => {
  // In five parts.
  const sizeBytes = 22 * mebibyte;

  it('goes on after the last part that has arrived', async () => {
    const object = await photo(sizeBytes);
    const parts = recordsInMemory();
    // In the middle of the third.
    proxy.faultFor = ({ url }) => (url.includes('partNumber=3') ? { cutAfterBytes: 2 * mebibyte } : undefined);
    expect(await storage({}, { parts }).put(object)).toMatchObject({ at: 'later', code: 'cloud.unreachable' });
    expect(parts.all.get(object.key)?.parts.map(({ number }) => number)).toEqual([1, 2]);
    expect(await lying(object)).toBeUndefined();

    server.asked.length = 0;
    proxy.faultFor = () => undefined;
    // The program was started again meanwhile.
    expect(await storage({}, { parts }).put(object)).toEqual({ at: 'done' });
    expect(asked('PUT')).toBe(3);
    expect(await lying(object)).toMatchObject({ sizeBytes, headers: { 'x-amz-meta-sha256': object.sha256 } });
    expect((await lying(object))?.sha256).toBe(object.sha256);
    expect([parts.all.size, await server.uploads()]).toEqual([0, []]);
  });

  it('is there though nobody heard that it was ended', async () => {
    const object = await photo(sizeBytes);
    const parts = recordsInMemory();
    const s3 = storage({}, { parts });
    proxy.faultFor = ({ method, url }) =>
      method === 'POST' && url.includes('uploadId') ? { diesAfterDoing: true } : undefined;
    expect(await s3.put(object)).toMatchObject({ at: 'later', code: 'cloud.unreachable' });
    server.asked.length = 0;
    proxy.faultFor = () => undefined;
    expect(await s3.put(object)).toEqual({ at: 'done' });
    expect([asked('PUT'), asked('POST'), parts.all.size]).toEqual([0, 0, 0]);
  });

  it.each([
    // Ceph's, with nothing in it of what lies there.
    ['<CompleteMultipartUploadResult><Key>a</Key><ETag></ETag></CompleteMultipartUploadResult>', { at: 'done' }],
    ['<html><p>Room?</p></html>', { at: 'later', code: 'cloud.unreachable' }],
  ])('is done where a store says so, %s', async (body, outcome) => {
    const object = await photo(9 * mebibyte);
    proxy.faultFor = ({ method, url }) =>
      method === 'POST' && url.includes('uploadId') ? { status: 200, body } : undefined;
    expect(await storage().put(object)).toMatchObject(outcome);
  });

  it('begins anew where the store knows nothing of it any more', async () => {
    const object = await photo(sizeBytes);
    const parts = recordsInMemory();
    const s3 = storage({}, { parts });
    proxy.faultFor = ({ url }) => (url.includes('partNumber=2') ? { cutAfterBytes: 0 } : undefined);
    await s3.put(object);
    await server.forgetUploads();
    proxy.faultFor = () => undefined;
    expect(await s3.put(object)).toEqual({ at: 'done' });
    expect((await lying(object))?.sha256).toBe(object.sha256);
  });

  it('sends a part again that the store has lost', async () => {
    const object = await photo(sizeBytes);
    const parts = recordsInMemory();
    const s3 = storage({}, { parts });
    proxy.faultFor = ({ url }) => (url.includes('partNumber=4') ? { cutAfterBytes: 0 } : undefined);
    await s3.put(object);
    const record = parts.all.get(object.key);
    if (record === undefined) throw new Error('nothing was begun');
    const [first, ...others] = record.parts;
    parts.set(object.key, { ...record, parts: [{ ...first, etag: '"another"' }, ...others] });
    proxy.faultFor = () => undefined;
    server.asked.length = 0;
    expect(await s3.put(object)).toEqual({ at: 'done' });
    expect(asked('PUT')).toBe(3);
    expect((await lying(object))?.sha256).toBe(object.sha256);
  });

  it.each(['known', 'refused'] as const)('is not sent twice, If-None-Match %s', async (knows) => {
    server.ifNoneMatch = knows;
    const object = await photo(sizeBytes);
    const s3 = storage();
    expect([await s3.put(object), await s3.put(object)]).toEqual([{ at: 'done' }, { at: 'done' }]);
    expect(asked('PUT')).toBe(5);
  });

  it.each([
    ['grown', ({ content }: PhotoObject) => appendFile(content.file, 'x')],
    ['another', ({ content }: PhotoObject) => writeFile(content.file, randomBytes(sizeBytes))],
  ])('is given up where the file is %s meanwhile', async (_, change) => {
    const object = await photo(sizeBytes);
    const parts = recordsInMemory();
    const s3 = storage({}, { parts });
    proxy.faultFor = ({ url }) => (url.includes('partNumber=2') ? { cutAfterBytes: 0 } : undefined);
    await s3.put(object);
    expect(await server.uploads()).toHaveLength(1);
    await change(object);
    expect(await s3.put(object)).toMatchObject({ at: 'refused', code: 'cloud.content-changed' });
    expect([await server.uploads(), parts.all.size]).toEqual([[], 0]);
  });

  it('is given up where the photo is erased', async () => {
    const object = await photo(sizeBytes);
    const parts = recordsInMemory();
    const s3 = storage({}, { parts });
    proxy.faultFor = ({ url }) => (url.includes('partNumber=2') ? { cutAfterBytes: 0 } : undefined);
    await s3.put(object);
    expect(await server.uploads()).toHaveLength(1);
    expect(await s3.remove(object.key)).toEqual({ at: 'done' });
    expect([await server.uploads(), parts.all.size]).toEqual([[], 0]);
  });

  it('is never in memory as a whole', async () => {
    const object = await photo(100 * mebibyte);
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let most = before;
    const watching = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
    expect(await storage({}, { partSizes: standardPartSizes }).put(object)).toEqual({ at: 'done' });
    clearInterval(watching);
    expect(asked('PUT')).toBe(13);
    // With the server, which is in this process, too.
    expect((most - before) / mebibyte).toBeLessThan(60);
  });
});

describe('the network', () => {
  it.each([
    ['cut off', { cutAfterBytes: 100_000 }, { at: 'later', code: 'cloud.unreachable' }],
    ['full', { status: 503, code: 'SlowDown', headers: { 'retry-after': '7' } }, { afterMs: 7000 }],
    [
      'full, in an HTML page',
      { status: 502, body: '<html>', headers: { 'content-type': 'text/html' } },
      { code: 'cloud.overloaded' },
    ],
    [
      'of an hotel',
      { status: 200, body: '<html>Room?', headers: { 'content-type': 'text/html' } },
      { code: 'cloud.unreachable' },
    ],
    [
      'of another hotel',
      { status: 302, headers: { location: '/login', 'content-type': 'text/html' } },
      { code: 'cloud.unreachable' },
    ],
    ['of strangers', { status: 403, code: 'InvalidAccessKeyId' }, { at: 'refused', code: 'cloud.not-allowed' }],
    ['of another time', { status: 403, code: 'RequestTimeTooSkewed' }, { at: 'later', code: 'cloud.wrong-clock' }],
    ['without that bucket', { status: 404, code: 'NoSuchBucket' }, { at: 'refused', code: 'cloud.no-bucket' }],
  ])('is %s, and then well again', async (_, fault, outcome) => {
    const object = await photo(300_000);
    const s3 = storage();
    proxy.faultFor = () => fault;
    expect(await s3.put(object)).toMatchObject(outcome);
    expect(await lying(object)).toBeUndefined();
    proxy.faultFor = () => undefined;
    expect(await s3.put(object)).toEqual({ at: 'done' });
  });

  it('is asked once a try', async () => {
    let requests = 0;
    proxy.faultFor = () => {
      requests += 1;
      return { status: 500, code: 'InternalError' };
    };
    const s3 = storage();
    const overloaded = { at: 'later', code: 'cloud.overloaded' };
    expect(await s3.put(await photo(1000))).toMatchObject(overloaded);
    expect(await s3.remove('a')).toMatchObject(overloaded);
    expect(await s3.check()).toMatchObject(overloaded);
    expect(requests).toBe(3);
  });

  it('does not lead there', async () => {
    const object = await photo(1000);
    const nobody = storage({ endpoint: 'http://127.0.0.1:9' });
    expect(await nobody.put(object)).toMatchObject({ at: 'later', code: 'cloud.unreachable' });
    const noName = storage({ endpoint: 'https://there-is-no-such-host.invalid' });
    expect(await noName.put(object)).toMatchObject({ at: 'later', code: 'cloud.unreachable' });
    const noTls = storage({ endpoint: proxy.endpoint.replace('http:', 'https:') });
    expect(await noTls.put(object)).toMatchObject({ at: 'later', code: 'cloud.unreachable' });
  });

  it('falls silent: nobody waits for ever, and nobody longer than they want to', async () => {
    const silent = await silentServer();
    const object = await photo(300_000);
    const s3 = storage({ endpoint: silent }, { patience: { connectMs: 1000, idleMs: 500 } });
    const startedMs = performance.now();
    expect(await s3.put(object)).toMatchObject({ at: 'later', code: 'cloud.unreachable' });
    expect(performance.now() - startedMs).toBeLessThan(3000);
    const patient = storage({ endpoint: silent });
    const cutOff = patient.put(object, AbortSignal.timeout(200));
    expect(await cutOff).toMatchObject({ at: 'later', code: 'cloud.unreachable' });
    expect(await patient.put(object, AbortSignal.abort())).toMatchObject({ at: 'later' });
    expect(performance.now() - startedMs).toBeLessThan(4000);
  });

  it('is anybody’s: nothing is sent over it in clear', async () => {
    const s3 = storage({ endpoint: 'http://s3.example.com' });
    const insecure = { at: 'refused', code: 'cloud.insecure' };
    expect(await s3.put(await photo(1000))).toMatchObject(insecure);
    expect(await s3.remove('a')).toMatchObject(insecure);
    expect(await s3.check()).toMatchObject(insecure);
  });
});

describe('credentials', () => {
  it('are revoked, given back, and changed', async () => {
    let credentials: ReturnType<CredentialsSource> = server.credentials;
    const s3 = storage({}, { credentials: () => credentials });
    const object = await photo(1000);
    const refused = { at: 'refused', code: 'cloud.not-allowed' };
    server.revoke();
    expect(await s3.put(object)).toMatchObject(refused);
    server.restore();
    credentials = { ...server.credentials, secretAccessKey: 'wrong-secret' };
    expect(await s3.put(object)).toMatchObject(refused);
    credentials = undefined;
    expect(await s3.put(object)).toMatchObject(refused);
    credentials = server.credentials;
    expect(await s3.put(object)).toEqual({ at: 'done' });
  });

  it('are told to nobody', async () => {
    const { accessKeyId, secretAccessKey } = server.credentials;
    server.revoke();
    const outcome = await storage().check();
    const told = JSON.stringify(outcome) + logged;
    expect(told).not.toContain(secretAccessKey);
    expect(told).not.toContain(accessKeyId);
  });
});

describe('the check', () => {
  it('is done, and leaves nothing behind', async () => {
    expect(await storage().check()).toEqual({ at: 'done' });
    expect(server.asked).toContain('PUT booth-1/.check');
    expect(await server.objects()).toEqual(new Map());
  });

  it('tells what is the matter', async () => {
    expect(await storage({ bucket: 'another' }).check()).toMatchObject({ at: 'refused', code: 'cloud.no-bucket' });
    server.revoke();
    expect(await storage().check()).toMatchObject({ at: 'refused', code: 'cloud.not-allowed' });
    server.restore();
    proxy.faultFor = ({ method }) => (method === 'PUT' ? { status: 403, code: 'AccessDenied' } : undefined);
    expect(await storage().check()).toMatchObject({ at: 'refused', code: 'cloud.not-allowed' });
  });

  it('tells that the clock is wrong, and goes by the store’s', async () => {
    const headers = { date: new Date(Date.now() - 40 * 60_000).toUTCString() };
    const s3 = storage();
    proxy.faultFor = ({ method }) => (method === 'HEAD' ? { status: 403, headers } : undefined);
    expect(await s3.check()).toMatchObject({ at: 'later', code: 'cloud.wrong-clock' });
    let signedAt = '';
    proxy.faultFor = ({ method, signedAt: at }) => {
      signedAt = at;
      return { status: method === 'DELETE' ? 204 : 200, headers: { ...headers, etag: '"it"' } };
    };
    expect(await s3.check()).toEqual({ at: 'done' });
    expect(logged).toContain('"aheadMinutes":40');
    const behindMinutes = (Date.now() - Date.parse(signedAt)) / 60_000;
    expect(Math.round(behindMinutes)).toBe(40);
    // The key was revoked meanwhile.
    proxy.faultFor = ({ method }) => (method === 'HEAD' ? { status: 403, headers } : undefined);
    expect(await s3.check()).toMatchObject({ at: 'refused', code: 'cloud.not-allowed' });
  });
});

/** Takes connections and says nothing. */
async function silentServer(): Promise<string> {
  const silent = createServer(() => undefined);
  return listening(silent);
}

/** Passes everything on but the last byte of a request, in whose place there is another. */
async function tamperingServer(target: string): Promise<{ endpoint: string }> {
  const { connect } = await import('node:net');
  const { port } = new URL(target);
  const tampering = createServer((client) => {
    const upstream = connect(Number(port), '127.0.0.1');
    let passed = 0;
    client.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      // Well into the body of 200,000 bytes, and long after its headers.
      const isBody = passed > 100_000 && passed - chunk.length <= 100_000;
      const sent = isBody ? Buffer.from(chunk) : chunk;
      if (isBody) sent[sent.length - 1] ^= 1;
      upstream.write(sent);
    });
    upstream.pipe(client);
    client.on('close', () => upstream.destroy()).on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  return { endpoint: await listening(tampering) };
}

async function listening(one: Server): Promise<string> {
  const sockets = new Set<{ destroy(): void }>();
  one.on('connection', (socket) => void sockets.add(socket.on('error', () => undefined)));
  one.listen(0, '127.0.0.1');
  await once(one, 'listening');
  onTestFinished(() => {
    one.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = one.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return `http://127.0.0.1:${String(address.port)}`;
}
