import { constants } from 'node:fs';
import { access, readdir, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import type { Check, Fault, Result } from '../../../preload/index.ts';
import { loadPack, packKey, type Pack } from '../../packs/index.ts';
import type { Spawner } from '../../processes/index.ts';
import type { Config } from '../config/index.ts';
import { createFaceIndex, createVision } from '../matching/index.ts';

interface CheckUpDeps {
  config: Config;
  modelsDir: string;
  spawner: Spawner;
  log: Logger;
}

const gibibyte = 1024 ** 3;
export const leastFreeBytes = 2 * gibibyte;

/** Looks at everything that the booth needs of this machine, and starts its workers once. Takes a few seconds. */
export async function checkUp(deps: CheckUpDeps): Promise<Check[]> {
  const { config } = deps;
  const pack = await loadPack(deps.modelsDir, config.models.pack);
  return [
    checkRuntime(),
    {
      name: 'pool',
      state: 'ok',
      found: `${String(config.vision.poolSize)} vision workers on ${String(os.availableParallelism())} cores`,
    },
    checkModels(pack),
    ...(pack.ok ? await checkWorkers(pack.value, deps) : []),
    ...(await checkLibraryDir(config.libraryDir)),
    await checkCamera(),
  ];
}

function checkRuntime(): Check {
  const { electron, node, napi } = process.versions;
  const runtime = 'electron' in process.versions ? `Electron ${electron}` : 'without Electron';
  return {
    name: 'runtime',
    state: 'ok',
    found: `${runtime}, Node ${node}, Node-API ${napi ?? '?'}, ${process.platform}-${process.arch}`,
  };
}

function checkModels(pack: Result<Pack>): Check {
  if (!pack.ok) return badCheck('models', pack.fault);
  const { manifest } = pack.value;
  const count = Object.keys(manifest.files).length;
  return {
    name: 'models',
    state: 'ok',
    found: `${packKey(manifest)}, ${manifest.licence}, ${String(count)} files with the right SHA-256`,
  };
}

/** Starts the real thing: what loads there loads in the booth. */
async function checkWorkers(pack: Pack, { config, spawner, log }: CheckUpDeps): Promise<Check[]> {
  const settings = { ...config.vision, poolSize: 1, guestWorkers: 0 };
  const vision = createVision({ pack, settings, spawner, log });
  const index = createFaceIndex({
    packKey: vision.packKey,
    dimensions: pack.manifest.template.dimensions,
    stored: () => [],
    spawner,
    log,
  });
  try {
    const started = await Promise.all([vision.start(), index.start()]);
    const refused = started.find((outcome) => !outcome.ok);
    const described = refused ?? (await vision.describe());
    if (!described.ok) return [badCheck('workers', described.fault)];
    const { sharp, sharpBuild, libvips, onnxruntime, provider } = described.value;
    const libraries = `onnxruntime ${onnxruntime} on ${provider}, sharp ${sharp} (${sharpBuild}, libvips ${libvips})`;
    return [
      { name: 'workers', state: 'ok', found: 'vision and faceindex start' },
      { name: 'native', state: 'ok', found: `${libraries}, better-sqlite3, usearch` },
    ];
  } finally {
    await Promise.all([vision.stop(), index.stop()]);
  }
}

async function checkLibraryDir(libraryDir: string): Promise<Check[]> {
  const existing = await nearestFolder(libraryDir);
  try {
    // The separator makes it fail for what is no folder.
    await access(`${existing}${path.sep}`, constants.W_OK);
  } catch (error) {
    return [badCheck('library', { code: 'library.not-writable', detail: messageOf(error) })];
  }
  const { freeBytes, totalBytes } = await diskOf(existing);
  const share = totalBytes === 0 ? 0 : (100 * freeBytes) / totalBytes;
  const found = `${(freeBytes / gibibyte).toFixed(1)} GiB free (${share.toFixed(0)}%)`;
  return [
    { name: 'library', state: 'ok', found: existing === libraryDir ? libraryDir : `${libraryDir} (not made yet)` },
    freeBytes >= leastFreeBytes
      ? { name: 'disk', state: 'ok', found }
      : { name: 'disk', state: 'bad', found, code: 'library.full' },
  ];
}

/** Of the disk that a folder lies on. */
export async function diskOf(dir: string): Promise<{ freeBytes: number; totalBytes: number }> {
  const { bavail, bsize, blocks } = await statfs(dir);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** The folder itself, or the one in which it would be made. */
async function nearestFolder(dir: string): Promise<string> {
  const isThere = await access(dir).then(
    () => true,
    () => false,
  );
  return isThere || path.dirname(dir) === dir ? dir : nearestFolder(path.dirname(dir));
}

/** Linux shows its cameras as files; elsewhere only a window can see them. */
async function checkCamera(): Promise<Check> {
  if (process.platform !== 'linux') return { name: 'camera', state: 'unknown', found: '' };
  const devices = (await readdir('/dev')).filter((name) => /^video\d+$/.test(name));
  return devices.length > 0
    ? { name: 'camera', state: 'ok', found: devices.map((name) => path.join('/dev', name)).join(', ') }
    : { name: 'camera', state: 'unknown', found: '', code: 'camera.missing' };
}

export const badCheck = (name: Check['name'], { code, detail = '' }: Fault): Check => ({
  name,
  state: 'bad',
  found: detail,
  code,
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
