// What the booth asks of a store, asked of a real one: node --import tsx test/hand/storage.ts. Prints what came of it, and leaves nothing in the bucket but
// its rules and its policy, so that it wants a bucket of its own. test/hand/radosgw.sh runs it on Ceph.
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  S3Client,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { pino } from 'pino';
import { createS3Storage, s3SettingsSchema, type MultipartRecord } from '../../main/core/sync/s3/index.ts';
import type { CloudOutcome, StoredObject } from '../../main/core/sync/storage.ts';
import { faultyProxy } from '../fixtures/s3/index.ts';

const mebibyte = 1024 ** 2;
const { env } = process;
const asked = (name: string): string => {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not given`);
  return value;
};
const endpoint = asked('FINDME_HAND_ENDPOINT');
const bucket = asked('FINDME_HAND_BUCKET');
const credentials = { accessKeyId: asked('FINDME_CLOUD_KEY_ID'), secretAccessKey: asked('FINDME_CLOUD_KEY') };
const region = env['FINDME_HAND_REGION'] ?? 'us-east-1';
/** How long a day of the rules is there; without it nobody waits for one. */
const daySeconds = env['FINDME_HAND_DAY_SECONDS'];
const prefix = 'booth-1/';

const raw = new S3Client({
  endpoint,
  region,
  credentials,
  forcePathStyle: true,
  requestChecksumCalculation: 'WHEN_REQUIRED',
});
const proxy = await faultyProxy(endpoint);
const rows: { what: string; came: string; isWell: boolean }[] = [];

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const said = (outcome: CloudOutcome) =>
  outcome.at === 'done' ? 'done' : `${outcome.at} ${outcome.code} (${outcome.detail})`;

function object(key: string, bytes: Uint8Array, keeps: StoredObject['keeps']): StoredObject & { bytes: Uint8Array } {
  const shared = { cacheControl: 'no-cache', contentType: 'image/jpeg' };
  return { key, content: { bytes }, bytes, sha256: sha256(bytes), keeps, ...shared };
}

function storage(changed: { checksums?: string; secretAccessKey?: string } = {}) {
  const { checksums = 'when-supported', secretAccessKey = credentials.secretAccessKey } = changed;
  const records = new Map<string, MultipartRecord>();
  return createS3Storage({
    // Between us and the store, to cut us off.
    settings: s3SettingsSchema.parse({
      endpoint: proxy.endpoint,
      region,
      bucket,
      prefix,
      usesPathStyle: true,
      checksums,
    }),
    credentials: () => ({ ...credentials, secretAccessKey }),
    parts: {
      get: (key) => records.get(key),
      set: (key, record) => void records.set(key, record),
      remove: (key) => void records.delete(key),
    },
    log: pino({ level: 'silent' }),
    partSizes: { aboveBytes: 8 * mebibyte, partBytes: 5 * mebibyte },
  });
}

/** @param wanted what should come of it, from the beginning */
async function row(what: string, wanted: string, work: () => Promise<string>): Promise<void> {
  const came = await work().catch((error: unknown) => `threw ${String(error)}`);
  rows.push({ what, came, isWell: came.startsWith(wanted) });
}

const lying = async (key: string) => {
  const got = await raw.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + key }));
  return { bytes: (await got.Body?.transformToByteArray()) ?? new Uint8Array(), got };
};
const isThere = async ({ key, bytes }: { key: string; bytes: Uint8Array }) =>
  Buffer.from(bytes).equals((await lying(key)).bytes) ? 'the same lies there' : 'something else lies there';
const writtenAt = async (key: string) =>
  (await raw.send(new HeadObjectCommand({ Bucket: bucket, Key: prefix + key }))).LastModified?.getTime();
const uploads = async () => (await raw.send(new ListMultipartUploadsCommand({ Bucket: bucket }))).Uploads?.length ?? 0;
const keys = async () =>
  ((await raw.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? []).map(({ Key = '' }) => Key);
const rules = async () => (await raw.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))).Rules ?? [];
/** What somebody without a key gets. */
const readBy = async (path: string) => (await fetch(`${endpoint}/${bucket}${path}`)).status;

await raw.send(new CreateBucketCommand({ Bucket: bucket })).catch((error: unknown) => {
  if (!String(error).includes('BucketAlready')) throw error;
});

const s3 = storage();
await row('check', 'done', async () => said(await s3.check()));

for (const checksums of ['when-supported', 'when-required']) {
  const of = storage({ checksums });
  const small = object(`events/a/photos/${checksums}.jpg`, randomBytes(300_000), 'once');
  await row(
    `a photo, once, checksums ${checksums}`,
    'done, the same',
    async () => `${said(await of.put(small))}, ${await isThere(small)}`,
  );
  await row('the same again', 'done, not written', async () => {
    const before = await writtenAt(small.key);
    await sleep(1100);
    const outcome = said(await of.put(small));
    return `${outcome}, ${before === (await writtenAt(small.key)) ? 'not written again' : 'written again'}`;
  });
  await row('another in its place', 'refused cloud.failed', async () =>
    said(await of.put(object(small.key, randomBytes(300_000), 'once'))),
  );

  const large = object(`events/a/photos/large-${checksums}.jpg`, randomBytes(22 * mebibyte), 'once');
  await row(
    '22 MiB in five parts',
    'done, the same',
    async () => `${said(await of.put(large))}, ${await isThere(large)}, ${String(await uploads())} uploads open`,
  );
  await row('the same again', 'done', async () => said(await of.put(large)));

  const cut = object(`events/a/photos/cut-${checksums}.jpg`, randomBytes(22 * mebibyte), 'once');
  await row('cut off in the third part', 'later cloud.unreachable', async () => {
    proxy.faultFor = ({ url }) => (url.includes('partNumber=3') ? { cutAfterBytes: 2 * mebibyte } : undefined);
    return said(await of.put(cut));
  });
  await row('gone on with', 'done, 3 parts sent, the same', async () => {
    let sent = 0;
    proxy.faultFor = ({ method, url }) => {
      if (method === 'PUT' && url.includes('partNumber=')) sent += 1;
      return undefined;
    };
    return `${said(await of.put(cut))}, ${String(sent)} parts sent, ${await isThere(cut)}`;
  });
  of.close();
}

await row('latest, twice, with Cache-Control', 'done, done, the same lies there, no-cache', async () => {
  const first = object('gallery/days.json', Buffer.from('first'), 'latest');
  const second = object(first.key, Buffer.from('second, and longer'), 'latest');
  const outcomes = [said(await s3.put(first)), said(await s3.put(second))];
  return [...outcomes, await isThere(second), (await lying(second.key)).got.CacheControl].join(', ');
});
await row('remove, twice', 'done, done', async () => {
  const key = 'events/a/photos/when-supported.jpg';
  return `${said(await s3.remove(key))}, ${said(await s3.remove(key))}`;
});

await row('expire, beside rules of others', 'done, theirs are as they were', async () => {
  const theirs: LifecycleRule[] = [
    { ID: 'logs', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 300 } },
    {
      ID: 'tagged',
      Status: 'Enabled',
      Filter: { And: { Prefix: 'old/', Tags: [{ Key: 'keep', Value: 'no' }] } },
      Expiration: { Days: 400 },
    },
    { ID: 'versions', Status: 'Disabled', Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 9 } },
  ];
  // The SDK's checksum is not what every store wants here.
  const put = new PutBucketLifecycleConfigurationCommand({
    Bucket: bucket,
    LifecycleConfiguration: { Rules: theirs },
  });
  put.middlewareStack.add(
    (next) => (args) => {
      const { headers, body } = args.request as { headers: Record<string, string>; body: string };
      headers['content-md5'] = createHash('md5').update(body).digest('base64');
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  await raw.send(put);
  const before = await rules();
  const outcome = said(await s3.expire('galleries/2d/', 2));
  const after = new Map((await rules()).map((rule) => [rule.ID, JSON.stringify(rule)]));
  const areSame = before.every((rule) => after.get(rule.ID) === JSON.stringify(rule));
  const ours = [...after.keys()].filter((id) => id?.startsWith('findme-') === true);
  return `${outcome}, theirs are ${areSame ? 'as they were' : 'others'}; ours: ${ours.join(', ')}`;
});
await row('expire again: nothing is written', 'done, 0 times', async () => {
  let written = 0;
  proxy.faultFor = ({ method }) => {
    if (method === 'PUT') written += 1;
    return undefined;
  };
  return `${said(await s3.expire('galleries/2d/', 2))}, ${String(written)} times`;
});

const door = object('galleries/2d/doors/a.json', Buffer.from('{}'), 'once');
await s3.put(door);
await row('phones, before they may', '403', async () => String(await readBy(`/${prefix}${door.key}`)));
await row('open to phones', 'done', async () => said(await s3.openToPhones()));
await row('phones: a door, the page’s days, results, the list', '200 200 403 403', async () => {
  await s3.put(object('events/a/results/b.json', Buffer.from('{}'), 'once'));
  const paths = [door.key, 'gallery/days.json', 'events/a/results/b.json'].map((key) => `/${prefix}${key}`);
  return (await Promise.all([...paths, '/?list-type=2'].map(readBy))).join(' ');
});
if (daySeconds !== undefined) {
  await row('let go of by the store, and nothing else', 'gone', async () => {
    const others = (await keys()).filter((key) => key !== prefix + door.key);
    const endMs = Date.now() + Number(daySeconds) * 1000 * 20;
    while ((await keys()).includes(prefix + door.key)) {
      if (Date.now() > endMs) return 'still there';
      await sleep(500);
    }
    const left = await keys();
    return others.every((key) => left.includes(key)) ? 'gone, the others are there' : 'gone, with others';
  });
}

const stranger = storage({ secretAccessKey: 'wrong' });
await row('a wrong key: put', 'refused cloud.not-allowed', async () =>
  said(await stranger.put(object('events/a/photos/c.jpg', randomBytes(10), 'once'))),
);
await row('a wrong key: expire', 'refused cloud.not-allowed', async () =>
  said(await stranger.expire('galleries/9d/', 9)),
);
await row('a wrong key: check', 'refused cloud.not-allowed', async () => said(await stranger.check()));

for (const Key of await keys()) await raw.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
s3.close();
stranger.close();
raw.destroy();
await proxy.close();

const width = Math.max(...rows.map(({ what }) => what.length));
for (const { what, came, isWell } of rows) console.log(`${isWell ? 'ok ' : 'BAD'}  ${what.padEnd(width)}  ${came}`);
process.exitCode = rows.every(({ isWell }) => isWell) ? 0 : 1;
