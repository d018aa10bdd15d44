// A bucket's own settings: the rules by which it lets go of galleries, and what everybody may read in it.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createS3Storage, s3SettingsSchema, type S3Settings } from '../../main/core/sync/s3/index.ts';
import { publicPolicy } from '../../main/core/sync/s3/publicPolicy.ts';
import type { StoredObject } from '../../main/core/sync/storage.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { faultyProxy, startS3, type FaultyProxy, type S3Server } from '../fixtures/s3/index.ts';

let folder: string;
let server: S3Server;
let proxy: FaultyProxy;
beforeEach(async () => {
  folder = await makeFolder();
  server = await startS3(path.join(folder, 'cloud'));
  proxy = await faultyProxy(server.endpoint);
});
afterEach(async () => {
  await proxy.close();
  await server.close();
  await removeFolder(folder);
});

function storage(changed: Partial<S3Settings> = {}) {
  const { endpoint } = proxy;
  const settings = s3SettingsSchema.parse({ endpoint, bucket: server.bucket, usesPathStyle: true, ...changed });
  const opened = createS3Storage({
    settings,
    credentials: () => server.credentials,
    parts: { get: () => undefined, set: () => undefined, remove: () => undefined },
    log: pino({ level: 'silent' }),
    partSizes: { aboveBytes: 6_000_000, partBytes: 6_000_000 },
  });
  onTestFinished(() => opened.close());
  return opened;
}

function object(key: string, text = 'anything'): StoredObject {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { key, content: { bytes }, sha256, contentType: 'application/json', keeps: 'latest' };
}

const list = (...rules: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rules
    .map((rule) => `<Rule>${rule}</Rule>`)
    .join('')}</LifecycleConfiguration>`;
const lapse = (prefix: string, days: number, others = '') =>
  `<ID>anybody’s</ID><Filter><Prefix>${prefix}</Prefix></Filter><Status>Enabled</Status><Expiration><Days>${String(days)}</Days>${others}</Expiration>`;

const rulesWritten = () => server.asked.filter((one) => one === 'PUT ').length;
const noExpiry = { at: 'refused', code: 'cloud.no-expiry' };

describe('a rule that lets go of galleries', () => {
  it('is written where there is none, with one against uploads that nobody ends', async () => {
    const s3 = storage();
    expect(await s3.expire('galleries/30d/', 30)).toEqual({ at: 'done' });
    expect(server.rules).toContain('<Filter><Prefix>galleries/30d/</Prefix></Filter><Status>Enabled</Status>');
    expect(server.rules).toContain('<Expiration><Days>30</Days></Expiration>');
    expect(server.rules).toContain('<ID>findme-parts</ID><Filter><Prefix></Prefix></Filter>');
    expect(server.rules).toContain('<DaysAfterInitiation>7</DaysAfterInitiation>');

    await s3.put(object('galleries/30d/doors/a.json'));
    await s3.put(object('gallery/days.json'));
    const afterDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    expect(await server.letGo(afterDays(29.9))).toEqual([]);
    expect(await server.letGo(afterDays(31))).toEqual(['galleries/30d/doors/a.json']);
  });

  it('is written once, for each number of days', async () => {
    const s3 = storage();
    const all = [30, 7, 30, 7, 365].map((days) => s3.expire(`galleries/${String(days)}d/`, days));
    expect(await Promise.all(all)).toEqual(all.map(() => ({ at: 'done' })));
    expect(rulesWritten()).toBe(3);
    expect(server.rules?.match(/<Rule>/g)).toHaveLength(4);
  });

  it('is another’s for each booth in the bucket', async () => {
    for (const prefix of ['booth-1/', 'booth-2/']) {
      expect(await storage({ prefix }).expire('galleries/30d/', 30)).toEqual({ at: 'done' });
      expect(server.rules).toContain(`<Prefix>${prefix}galleries/30d/</Prefix>`);
    }
    expect(server.rules?.match(/<Rule>/g)).toHaveLength(4);
  });

  it.each([
    ['as early', lapse('galleries/30d/', 30), 0],
    ['earlier', lapse('galleries/30d/', 3), 0],
    ['of old', lapse('galleries/30d/', 30).replaceAll(/<\/?Filter>/g, ''), 0],
    ['later', lapse('galleries/30d/', 31), 1],
    ['for others', lapse('galleries/', 30), 1],
    ['switched off', lapse('galleries/30d/', 30).replace('Enabled', 'Disabled'), 1],
    [
      'for some of them',
      '<Filter><And><Prefix>galleries/30d/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></And></Filter><Status>Enabled</Status><Expiration><Days>30</Days></Expiration>',
      1,
    ],
    ['on a date', lapse('galleries/30d/', 30).replace('<Days>30</Days>', '<Date>2040-01-01T00:00:00Z</Date>'), 1],
  ])('is written beside one that is there, %s, as often as needed', async (_, rule, times) => {
    server.rules = list(rule);
    expect(await storage().expire('galleries/30d/', 30)).toEqual({ at: 'done' });
    expect(rulesWritten()).toBe(times);
    expect(server.rules).toContain(rule);
  });

  it('leaves those of others as they are, to the letter', async () => {
    // The SDK knows neither what Ceph nor what MinIO has more.
    const theirs = [
      '<ID>moved</ID><Filter><Prefix>old/</Prefix></Filter><Status>Enabled</Status><Transition><Days>30</Days><StorageClass>GLACIER</StorageClass></Transition>',
      '<ID>a &amp; b</ID><Filter><ArchiveZone/></Filter><Status>Enabled</Status><Expiration><Days>1</Days></Expiration>',
      '<Filter></Filter><Status>Disabled</Status><NoncurrentVersionExpiration><NoncurrentDays>9</NoncurrentDays></NoncurrentVersionExpiration>',
      lapse('x/', 5, '<ExpiredObjectAllVersions>true</ExpiredObjectAllVersions>'),
    ];
    server.rules = list(...theirs);
    expect(await storage().expire('galleries/30d/', 30)).toEqual({ at: 'done' });
    for (const rule of theirs) expect(server.rules).toContain(`<Rule>${rule}</Rule>`);
  });

  it('has the form of theirs, where that is of old', async () => {
    server.rules = list('<ID>a</ID><Prefix>a/</Prefix><Status>Enabled</Status><Expiration><Days>1</Days></Expiration>');
    expect(await storage().expire('galleries/30d/', 30)).toEqual({ at: 'done' });
    expect(server.rules).toContain('<Prefix>galleries/30d/</Prefix><Status>Enabled</Status>');
    expect(server.rules).not.toContain('<Filter>');
  });

  it('takes the place of ours that somebody has switched off', async () => {
    const s3 = storage();
    await s3.expire('galleries/30d/', 30);
    server.rules = server.rules?.replaceAll('Enabled', 'Disabled');
    expect(await s3.expire('galleries/30d/', 30)).toEqual({ at: 'done' });
    expect(server.rules?.match(/<Rule>/g)).toHaveLength(2);
  });

  it('stands alone where the store takes none against uploads', async () => {
    server.knowsRules = 'not-of-parts';
    expect(await storage().expire('galleries/30d/', 30)).toEqual({ at: 'done' });
    expect(server.rules).not.toContain('AbortIncompleteMultipartUpload');
    expect(server.rules).toContain('<Days>30</Days>');
  });

  it('adds none against uploads where there is one for the whole bucket', async () => {
    const uploads =
      '<Filter><Prefix></Prefix></Filter><Status>Enabled</Status><AbortIncompleteMultipartUpload><DaysAfterInitiation>3</DaysAfterInitiation></AbortIncompleteMultipartUpload>';
    server.rules = list(uploads);
    expect(await storage({ prefix: 'booth-1/' }).expire('galleries/30d/', 30)).toEqual({ at: 'done' });
    expect(server.rules.match(/<AbortIncompleteMultipartUpload>/g)).toHaveLength(1);
  });

  it.each(['unknown', 'forbidden', 'ignored'] as const)('is refused by a store where rules are %s', async (knows) => {
    server.knowsRules = knows;
    expect(await storage().expire('galleries/30d/', 30)).toMatchObject(noExpiry);
    expect(server.rules).toBeUndefined();
  });

  it('is not written over what cannot be read', async () => {
    server.rules = list(lapse('a/', 1));
    proxy.faultFor = ({ method }) => (method === 'GET' ? { status: 403, code: 'AccessDenied' } : undefined);
    expect(await storage().expire('galleries/30d/', 30)).toMatchObject(noExpiry);
    expect(server.rules).toBe(list(lapse('a/', 1)));
  });

  it.each([
    ['cut off', { cutAfterBytes: 0 }, { at: 'later', code: 'cloud.unreachable' }],
    ['full', { status: 503, code: 'SlowDown' }, { at: 'later', code: 'cloud.overloaded' }],
    ['an hotel’s', { status: 200, body: '<html><p>Room?</p></html>' }, { at: 'later', code: 'cloud.unreachable' }],
    [
      'an hotel’s that forbids',
      { status: 403, body: '<html>', headers: { 'content-type': 'text/html' } },
      { code: 'cloud.unreachable' },
    ],
    ['of another time', { status: 403, code: 'RequestTimeTooSkewed' }, { at: 'later', code: 'cloud.wrong-clock' }],
    ['of strangers', { status: 403, code: 'InvalidAccessKeyId' }, { at: 'refused', code: 'cloud.not-allowed' }],
    ['without that bucket', { status: 404, code: 'NoSuchBucket' }, { at: 'refused', code: 'cloud.no-bucket' }],
  ])('says what the matter is where the network is %s', async (_, fault, outcome) => {
    const s3 = storage();
    for (const failing of ['GET', 'PUT']) {
      proxy.faultFor = ({ method }) => (method === failing ? fault : undefined);
      const came = await s3.expire('galleries/30d/', 30);
      // What was answered to the writing in the store's place is seen when it is read back.
      expect(came).toMatchObject(failing === 'PUT' && 'body' in fault && fault.status === 200 ? noExpiry : outcome);
    }
    proxy.faultFor = () => undefined;
    expect(await s3.expire('galleries/30d/', 30)).toEqual({ at: 'done' });
  });

  it('is not asked for over a line on which anybody could read along', async () => {
    const insecure = { at: 'refused', code: 'cloud.insecure' };
    const s3 = storage({ endpoint: 'http://s3.example.com' });
    expect(await s3.expire('galleries/30d/', 30)).toMatchObject(insecure);
    expect(await s3.openToPhones()).toMatchObject(insecure);
  });
});

describe('how long something may be kept', () => {
  it.each([10, 6_000_001])('is told to whoever reads %i bytes', async (sizeBytes) => {
    const told = { ...object('gallery/days.json', 'x'.repeat(sizeBytes)), cacheControl: 'no-cache' };
    expect(await storage().put(told)).toEqual({ at: 'done' });
    expect((await server.objects()).get('gallery/days.json')?.headers).toMatchObject({ 'cache-control': 'no-cache' });
  });
});

describe('without a key', () => {
  const open = ['g', 'gallery/page.js', 'galleries/30d/doors/a.json', 'galleries/30d/contents/a.json'];
  const pictures = ['thumbnails', 'screens', 'photos'].map((kind) => `events/gala/${kind}/a.jpg`);
  const closed = ['events/gala/results/a.json', '.check', 'events/gala/manifest.json', 'gallery'];
  const statusOf = async (key: string, method = 'GET') =>
    (await fetch(`${server.endpoint}/${server.bucket}/${key}`, { method })).status;

  async function expectOpen(prefix: string): Promise<void> {
    for (const key of [...open, ...pictures]) expect([key, await statusOf(prefix + key)]).toEqual([key, 200]);
    for (const key of closed) expect([key, await statusOf(prefix + key)]).toEqual([key, 403]);
    for (const query of ['', '?list-type=2', '?lifecycle', '?policy', '?uploads']) {
      expect([query, await statusOf(query)]).toEqual([query, 403]);
    }
    // Nor is it said whether there is such a thing.
    expect(await statusOf(`${prefix}galleries/30d/doors/none.json`)).toBe(403);
    for (const method of ['PUT', 'DELETE', 'POST']) expect(await statusOf(`${prefix}g`, method)).toBe(403);
  }

  beforeEach(async () => {
    for (const prefix of ['', 'booth-1/', 'booth-2/']) {
      const s3 = storage({ prefix });
      for (const key of [...open, ...pictures, ...closed]) await s3.put(object(key));
    }
  });

  it('nobody reads anything, at first', async () => {
    for (const key of [...open, ...pictures, ...closed, '']) expect(await statusOf(key)).toBe(403);
  });

  it('everybody reads what galleries are made of, and nothing else, where the bucket is public', async () => {
    server.isPublic = true;
    for (const prefix of ['', 'booth-1/']) await expectOpen(prefix);
  });

  it('everybody reads the same where the policy is ours, and nothing of another booth', async () => {
    expect(await storage({ prefix: 'booth-1/' }).openToPhones()).toEqual({ at: 'done' });
    await expectOpen('booth-1/');
    for (const key of open) expect(await statusOf(`booth-2/${key}`)).toBe(403);
  });

  it('the policy says no more than that, beside what others have said', async () => {
    const theirs = {
      Sid: 'Backup',
      Effect: 'Allow',
      Principal: { AWS: '1' },
      Action: 's3:*',
      Resource: 'arn:aws:s3:::photos/*',
    };
    server.policy = JSON.stringify({ Version: '2008-10-17', Id: 'x', Statement: [theirs] });
    for (const prefix of ['booth-1/', 'booth-2/', 'booth-1/']) await storage({ prefix }).openToPhones();
    const { Statement, ...rest } = JSON.parse(server.policy) as { Statement: Record<string, unknown>[] };
    expect(rest).toEqual({ Version: '2008-10-17', Id: 'x' });
    expect(Statement).toHaveLength(3);
    expect(Statement[0]).toEqual(theirs);
    for (const { Effect, Action, Sid } of Statement.slice(1)) {
      expect([Effect, Action]).toEqual(['Allow', 's3:GetObject']);
      expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
    }
  });

  it('a policy is not written over one that cannot be read, and a store that takes none says so', async () => {
    const refused = { at: 'refused', code: 'cloud.not-allowed' };
    proxy.faultFor = ({ method }) => (method === 'GET' ? { status: 403, code: 'AccessDenied' } : undefined);
    expect(await storage().openToPhones()).toMatchObject(refused);
    proxy.faultFor = () => undefined;
    server.takesPolicy = false;
    expect(await storage().openToPhones()).toMatchObject(refused);
    expect(server.policy).toBeUndefined();
  });
});

describe('the policy', () => {
  it.each([
    ['eu-west-3', 'arn:aws:s3:::b/g'],
    ['cn-north-1', 'arn:aws-cn:s3:::b/g'],
    ['us-gov-west-1', 'arn:aws-us-gov:s3:::b/g'],
  ])('has the names that things have in %s', (region, name) => {
    expect(publicPolicy({ bucket: 'b', prefix: '', region })).toContain(`"${name}"`);
  });
});
