import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig, type Config } from '../../main/core/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'findme-config-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function fileWith(content: unknown): Promise<string> {
  files += 1;
  const file = path.join(folder, `settings-${String(files)}.json`);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function configOf(...args: Parameters<typeof loadConfig>): Promise<Config> {
  const config = await loadConfig(...args);
  if (!config.ok) expect.fail(`${config.fault.code}: ${String(config.fault.detail)}`);
  return config.value;
}

async function faultOf(...args: Parameters<typeof loadConfig>) {
  const config = await loadConfig(...args);
  if (config.ok) expect.fail('these settings should have been refused');
  return config.fault;
}

describe('loadConfig', () => {
  it('brings nothing to a cloud unless one is named, and says which setting of it is wrong', async () => {
    expect((await configOf({})).cloud).toBeUndefined();
    const named = await configOf({ FINDME_CONFIG: await fileWith({ cloud: { bucket: 'photos' } }) });
    expect(named.cloud).toMatchObject({ bucket: 'photos', region: 'us-east-1', atOnce: 2 });
    const wrong = await fileWith({ cloud: { bucket: 'photos', mostBytesPerSecond: 0 } });
    const { code, detail } = await faultOf({ FINDME_CONFIG: wrong });
    expect([code, detail?.split(':')[0]]).toEqual(['config.invalid', 'cloud.mostBytesPerSecond']);
  });

  it('needs nothing to be said', async () => {
    const config = await configOf({});
    expect(config).toMatchObject({
      language: 'en',
      models: { pack: 'faceplugin' },
      vision: {
        poolSize: Math.max(2, os.availableParallelism() - 1),
        photoDeadlineMs: 60_000,
        selfieDeadlineMs: 10_000,
        maxPixels: 250_000_000,
      },
      matching: {},
      log: { level: 'warn' },
    });
    expect(path.isAbsolute(config.libraryDir)).toBe(true);
  });

  it.runIf(process.platform === 'linux')('keeps the library where the system keeps data', async () => {
    const { libraryDir } = await configOf({ XDG_DATA_HOME: '/data' });
    expect(libraryDir).toBe('/data/findme-kiosk/library');
  });

  it('speaks the system’s language where it can', async () => {
    expect((await configOf({ LANG: 'fr_FR.UTF-8' })).language).toBe('fr');
    expect((await configOf({ LANG: 'de_DE.UTF-8' })).language).toBe('en');
    expect((await configOf({ LC_ALL: 'en_GB.UTF-8', LANG: 'fr_FR.UTF-8' })).language).toBe('en');
  });

  it('takes the file over the defaults, the environment over the file, the command line over all', async () => {
    const configFile = await fileWith({ libraryDir: '/of/file', language: 'fr', vision: { poolSize: 3 } });
    expect(await configOf({}, { configFile })).toMatchObject({
      libraryDir: path.resolve('/of/file'),
      language: 'fr',
      vision: { poolSize: 3, maxPixels: 250_000_000 },
    });
    const env = { FINDME_CONFIG: configFile, FINDME_LIBRARY: '/of/env', FINDME_LANGUAGE: 'en', FINDME_LOG: 'debug' };
    expect(await configOf(env)).toMatchObject({
      libraryDir: path.resolve('/of/env'),
      language: 'en',
      vision: { poolSize: 3 },
      log: { level: 'debug' },
    });
    expect(await configOf(env, { libraryDir: '/of/person', language: 'fr' })).toMatchObject({
      libraryDir: path.resolve('/of/person'),
      language: 'fr',
    });
  });

  it('reads the pool’s size under both of its names', async () => {
    const poolSizeOf = async (env: NodeJS.ProcessEnv) => (await configOf(env)).vision.poolSize;
    expect(await poolSizeOf({ MATCHING_POOL_SIZE: '5' })).toBe(5);
    expect(await poolSizeOf({ MATCHING_THREAD_POOL_SIZE: '6' })).toBe(6);
    expect(await poolSizeOf({ MATCHING_POOL_SIZE: '5', MATCHING_THREAD_POOL_SIZE: '6' })).toBe(5);
  });

  it('changes the pool’s size alone, and leaves what the file says of the rest', async () => {
    const configFile = await fileWith({ vision: { poolSize: 3, maxPixels: 1000 } });
    expect((await configOf({ MATCHING_POOL_SIZE: '7' }, { configFile })).vision).toMatchObject({
      poolSize: 7,
      maxPixels: 1000,
    });
  });

  it.each([
    ['a number that is none', { MATCHING_POOL_SIZE: 'many' }, 'vision.poolSize'],
    ['no number at all', { MATCHING_POOL_SIZE: 'all' }, 'vision.poolSize'],
    ['no worker', { MATCHING_THREAD_POOL_SIZE: '0' }, 'vision.poolSize'],
    ['half a worker', { MATCHING_POOL_SIZE: '1.5' }, 'vision.poolSize'],
    ['an unknown language', { FINDME_LANGUAGE: 'de' }, 'language'],
    ['an unknown level', { FINDME_LOG: 'loud' }, 'log.level'],
  ])('refuses %s in the environment and names the setting', async (_, env, setting) => {
    const fault = await faultOf(env);
    expect(fault.code).toBe('config.invalid');
    expect(fault.detail).toContain(setting);
  });

  it('takes an empty variable for one that is not set', async () => {
    const env = { FINDME_LIBRARY: '', MATCHING_POOL_SIZE: '', LC_ALL: '', LANG: 'fr_FR.UTF-8' };
    const config = await loadConfig(env);
    expect(config).toEqual(await loadConfig({ LANG: 'fr_FR.UTF-8' }));
    expect(config).toMatchObject({ ok: true, value: { language: 'fr' } });
  });

  it.each([
    [{ matching: { sure: 2 } }, 'matching.sure'],
    [{ matching: { maybe: 'often' } }, 'matching.maybe'],
    [{ vision: { maxPixels: -1 } }, 'vision.maxPixels'],
    [{ vision: { poolsize: 2 } }, 'poolsize'],
    [{ libary: '/typo' }, 'libary'],
    [{ vision: 4 }, 'vision'],
  ])('refuses the file %j and names the setting', async (settings, setting) => {
    const fault = await faultOf({}, { configFile: await fileWith(settings) });
    expect(fault.code).toBe('config.invalid');
    expect(fault.detail).toContain(setting);
  });

  it('refuses a file that is not there, is not JSON, or is not a list of settings, and names it', async () => {
    const missing = path.join(folder, 'nowhere.json');
    for (const configFile of [missing, await fileWith('{ "language": '), await fileWith([1, 2])]) {
      const fault = await faultOf({}, { configFile });
      expect(fault.code).toBe('config.invalid');
      expect(fault.detail).toContain(configFile);
    }
  });

  it('refuses a wrong file even where the environment says something of the same part', async () => {
    const fault = await faultOf({ MATCHING_POOL_SIZE: '2' }, { configFile: await fileWith({ vision: 'fast' }) });
    expect(fault).toMatchObject({ code: 'config.invalid' });
  });
});
