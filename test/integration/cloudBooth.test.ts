// The whole way: a booth behind its windows, and a bucket of a server that speaks S3.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { configSchema } from '../../main/core/index.ts';
import { cloudHouseOf } from '../../main/core/sync/index.ts';
import { guestsPhoto } from '../fixtures/cameraFile.ts';
import { valueOf } from '../fixtures/core.ts';
import { searchedBooth, signIn, startDesk, type StaffWindow } from '../fixtures/desk.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { startS3 } from '../fixtures/s3/index.ts';

const searched = searchedBooth([guestsPhoto, 6]);

const progress = async (staff: StaffWindow) =>
  valueOf(await staff.ask('sync:open', {})).sync?.lanes.at(0) ?? expect.fail('nothing is synced');
const troubledCount = async (staff: StaffWindow) => valueOf(await staff.ask('sync:open', {})).sync?.troubledCount;
const untilState = (staff: StaffWindow, state: string) =>
  vi.waitFor(async () => expect((await progress(staff)).state).toBe(state), { timeout: 30_000, interval: 100 });

it('has the library in the bucket once the crew has given the key, and again after that was revoked', async () => {
  const s3 = await startS3(await temporaryFolder());
  onTestFinished(() => s3.close());
  const { cloud } = configSchema.parse({
    ...{ libraryDir: '/nowhere', language: 'fr' },
    cloud: { endpoint: s3.endpoint, bucket: s3.bucket, usesPathStyle: true },
  });
  const desk = await startDesk(await searched(), {
    cloudHouse: cloudHouseOf({ cloud }, { env: {}, pagesDir: '', log: pino({ level: 'silent' }) }),
  });
  const staff = desk.openStaff();
  await signIn(staff);

  await untilState(staff, 'refused');
  expect(await progress(staff)).toMatchObject({ key: 'nowhere', fault: { code: 'cloud.not-allowed' } });
  const { accessKeyId: id, secretAccessKey: secret } = s3.credentials;
  s3.revoke();
  valueOf(await staff.ask('sync:set-key', { lane: 'bucket', id, secret }));
  await vi.waitFor(() => expect(s3.asked.length).toBeGreaterThan(0), { timeout: 10_000 });
  await untilState(staff, 'refused');
  s3.restore();
  valueOf(await staff.ask('sync:retry', {}));
  await untilState(staff, 'done');
  expect(await progress(staff)).toMatchObject({ key: 'staff' });
  expect(await troubledCount(staff)).toBe(0);

  const objects = await s3.objects();
  const originals = (await filesIn(path.join(desk.libraryDir, 'originals'))).map((file) => path.basename(file));
  expect(originals).toHaveLength(2);
  const hashesOf = (folder: string) =>
    [...objects].filter(([key]) => key.includes(`/${folder}/`)).map(([, { sha256 }]) => sha256);
  expect(hashesOf('photos').sort()).toEqual(originals.sort());
  for (const folder of ['thumbnails', 'screens']) {
    const dir = path.join(desk.libraryDir, 'derivatives', folder.slice(0, -1));
    const files = await filesIn(dir);
    const hashes = await Promise.all(
      files.map(async (file) =>
        createHash('sha256')
          .update(await readFile(path.join(dir, file)))
          .digest('hex'),
      ),
    );
    expect(hashesOf(folder).sort()).toEqual(hashes.sort());
  }
  expect(objects.size).toBe(6);
  const actions = valueOf(await staff.ask('audit:page', {})).map(({ action }) => action);
  expect(actions).toContain('sync.key-set');
}, 120_000);
