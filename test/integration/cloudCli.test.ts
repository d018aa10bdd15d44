// `cloud check` and `cloud set-up`, as whoever prepares a bucket meets them.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jsonOf, runCli } from '../fixtures/cli.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { startS3, type S3Server } from '../fixtures/s3/index.ts';

let folder: string;
let server: S3Server;
let config: string;
beforeEach(async () => {
  folder = await makeFolder();
  server = await startS3(path.join(folder, 'cloud'));
  config = path.join(folder, 'settings.json');
  const { endpoint, bucket } = server;
  await writeFile(config, JSON.stringify({ cloud: { endpoint, bucket, prefix: 'booth-1/', usesPathStyle: true } }));
});
afterEach(async () => {
  await server.close();
  await removeFolder(folder);
});

const cloud = (...args: string[]) => {
  const { accessKeyId, secretAccessKey } = server.credentials;
  const env = { FINDME_CLOUD_KEY_ID: accessKeyId, FINDME_CLOUD_KEY: secretAccessKey };
  return runCli(['cloud', ...args, '--config', config], { env });
};

describe('cloud check', () => {
  it('says that the bucket can be used, and leaves nothing in it', async () => {
    expect(await cloud('check')).toMatchObject({
      code: 0,
      stdout: 'ok    photos/booth-1/ can be reached and written to.\n',
    });
    expect(await server.objects()).toEqual(new Map());
  });

  it('says what the matter is, and tells nobody the key', async () => {
    server.revoke();
    const end = await cloud('check', '--json');
    expect(end.code).toBe(1);
    expect(jsonOf(end)).toMatchObject({ ok: false, steps: [{ does: 'check', ok: false, code: 'cloud.not-allowed' }] });
    const told = end.stdout + end.stderr;
    expect(told).not.toContain(server.credentials.secretAccessKey);
    expect(told).not.toContain(server.credentials.accessKeyId);
  });

  it('wants a bucket and a key', async () => {
    const noKey = await runCli(['cloud', 'check', '--config', config, '--json'], {
      env: { FINDME_CLOUD_KEY_ID: undefined, FINDME_CLOUD_KEY: undefined },
    });
    expect(jsonOf(noKey)).toMatchObject({ error: { code: 'cloud.not-allowed' } });
    await writeFile(config, '{}');
    const noBucket = await cloud('check', '--json');
    expect(jsonOf(noBucket)).toMatchObject({ error: { code: 'sync.off' } });
    expect([noKey.code, noBucket.code]).toEqual([1, 1]);
  });
});

describe('cloud set-up', () => {
  it('writes the rule for 30 days, and opens nothing unasked', async () => {
    const { code, stdout } = await cloud('set-up');
    expect(code).toBe(0);
    expect(stdout.split('\n')).toContain('ok    photos/booth-1/galleries/30d/ lets go of what is 30 days old.');
    expect(server.rules).toContain('<Prefix>booth-1/galleries/30d/</Prefix>');
    expect(server.policy).toBeUndefined();
  });

  it('writes one for each number of days, and opens the bucket', async () => {
    const end = await cloud('set-up', '--days', '7', '90', '--days', '7', '--public', '--json');
    expect(jsonOf(end)).toEqual({
      ok: true,
      bucket: 'photos',
      prefix: 'booth-1/',
      steps: [
        { does: 'check', ok: true },
        { does: 'expire', days: 7, ok: true },
        { does: 'expire', days: 90, ok: true },
        { does: 'open', ok: true },
      ],
    });
    expect(server.rules).toContain('<Prefix>booth-1/galleries/90d/</Prefix>');
    expect(server.rules).not.toContain('30d');
    expect(server.policy).toContain('arn:aws:s3:::photos/booth-1/galleries/*');
  });

  it('says what the store does not take, and how else', async () => {
    server.takesPolicy = false;
    server.knowsRules = 'unknown';
    const { code, stdout } = await cloud('set-up', '--public');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^bad {3}expire 30 {2}cloud\.no-expiry: HTTP 501/m);
    expect(stdout).toMatch(/^bad {3}open {2}cloud\.not-allowed: .*public policies are blocked/m);
    expect(stdout).toMatch(/Block Public Access.*docs\/cloud\.md/);
  });

  it('does nothing more where the bucket cannot be reached', async () => {
    server.revoke();
    const { code, stdout } = await cloud('set-up', '--public');
    expect(code).toBe(1);
    expect(stdout).toContain('cloud.not-allowed');
    expect(server.asked.filter((one) => one.startsWith('PUT'))).toEqual([]);
  });

  it.each(['0', '30d', '-1', '4000'])('follows no %s days', async (days) => {
    const { code, stderr } = await cloud('set-up', `--days=${days}`);
    expect(code).toBe(1);
    expect(stderr).toContain('--days');
    expect(server.asked).toEqual([]);
  });
});
