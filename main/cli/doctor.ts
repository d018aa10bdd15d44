import { constants, existsSync } from 'node:fs';
import { access, readdir, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ok, type Fault } from '../../preload/index.ts';
import { openStore, type Config } from '../core/index.ts';
import { loadPack, packKey } from '../packs/index.ts';
import { inSession, withCore, type CommonOptions, type ExitCode, type Places, type Session } from './session.ts';
import { faultText } from './texts.ts';

interface Check {
  name: string;
  /** `unknown`: cannot be seen from here, and is not needed for what the cli does. */
  state: 'ok' | 'bad' | 'unknown';
  found: string;
  /** What to do about it. */
  mend?: string;
}

const gibibyte = 1024 ** 3;
const leastFreeBytes = 2 * gibibyte;

/** `doctor` */
export const doctor = (places: Places, options: CommonOptions): Promise<ExitCode> =>
  inSession(places, options, async (session) => {
    const checks = [
      checkRuntime(),
      checkCores(session.config),
      await checkModels(places, session),
      ...(await checkWorkers(places, session)),
      ...(await checkLibrary(session)),
      await checkCamera(),
    ];
    const isWell = checks.every(({ state }) => state !== 'bad');
    session.output.result({ ok: isWell, checks }, () =>
      checks.flatMap(({ name, state, found, mend }) => [
        `${state.padEnd(7)}  ${name.padEnd(9)}  ${found}`,
        ...(mend === undefined ? [] : [`${' '.repeat(20)}${mend}`]),
      ]),
    );
    return ok(isWell ? 0 : 1);
  });

function checkRuntime(): Check {
  const { electron, node, napi } = process.versions;
  const runtime = 'electron' in process.versions ? `Electron ${electron}` : 'without Electron';
  return {
    name: 'runtime',
    state: 'ok',
    found: `${runtime}, Node ${node}, Node-API ${napi ?? '?'}, ${process.platform}-${process.arch}`,
  };
}

const checkCores = ({ vision }: Config): Check => ({
  name: 'pool',
  state: 'ok',
  found: `${String(vision.poolSize)} vision workers on ${String(os.availableParallelism())} cores`,
});

async function checkModels({ modelsDir }: Places, { config }: Session): Promise<Check> {
  const pack = await loadPack(modelsDir, config.models.pack);
  if (!pack.ok) return badCheck('models', pack.fault, config);
  const { manifest } = pack.value;
  const count = Object.keys(manifest.files).length;
  return {
    name: 'models',
    state: 'ok',
    found: `${packKey(manifest)}, ${manifest.licence}, ${String(count)} files with the right SHA-256`,
  };
}

/** Starts the real thing on an empty library: what loads there loads in the booth. */
async function checkWorkers(places: Places, session: Session): Promise<Check[]> {
  const described = await withCore(places, session, 'temporary', (core) => core.vision.describe());
  if (!described.ok) return [badCheck('workers', described.fault, session.config)];
  const { sharp, sharpBuild, libvips, onnxruntime } = described.value;
  return [
    { name: 'workers', state: 'ok', found: 'vision and faceindex start, the database opens' },
    {
      name: 'native',
      state: 'ok',
      found: `onnxruntime ${onnxruntime}, sharp ${sharp} (${sharpBuild}, libvips ${libvips}), better-sqlite3, usearch`,
    },
  ];
}

async function checkLibrary({ config }: Session): Promise<Check[]> {
  const { libraryDir } = config;
  const existing = await nearestFolder(libraryDir);
  try {
    // The separator makes it fail for what is no folder.
    await access(`${existing}${path.sep}`, constants.W_OK);
  } catch (error) {
    return [badCheck('library', { code: 'library.not-writable', detail: messageOf(error) }, config)];
  }
  const { bavail, bsize, blocks } = await statfs(existing);
  const freeBytes = bavail * bsize;
  const share = blocks === 0 ? 0 : (100 * bavail) / blocks;
  const found = `${(freeBytes / gibibyte).toFixed(1)} GiB free (${share.toFixed(0)}%)`;
  const disk: Check =
    freeBytes >= leastFreeBytes
      ? { name: 'disk', state: 'ok', found }
      : { name: 'disk', state: 'bad', found, mend: faultText({ code: 'library.full' }, config.language) };
  return [checkDatabase(libraryDir, config), disk];
}

/** Opens a library that is there, as the booth would; makes none where there is none. */
function checkDatabase(libraryDir: string, config: Config): Check {
  if (!existsSync(path.join(libraryDir, 'library.db'))) {
    return { name: 'library', state: 'ok', found: `${libraryDir} (not made yet)` };
  }
  const store = openStore(libraryDir);
  if (!store.ok) return badCheck('library', store.fault, config);
  store.value.close();
  return { name: 'library', state: 'ok', found: libraryDir };
}

/** The folder itself, or the one in which it would be made. */
async function nearestFolder(dir: string): Promise<string> {
  const isThere = await access(dir).then(
    () => true,
    () => false,
  );
  return isThere || path.dirname(dir) === dir ? dir : nearestFolder(path.dirname(dir));
}

/** Linux shows its cameras as files; elsewhere only the app's window can see them. */
async function checkCamera(): Promise<Check> {
  if (process.platform !== 'linux') return { name: 'camera', state: 'unknown', found: 'can be seen by the app only' };
  const devices = (await readdir('/dev')).filter((name) => /^video\d+$/.test(name));
  return devices.length > 0
    ? { name: 'camera', state: 'ok', found: devices.map((name) => path.join('/dev', name)).join(', ') }
    : { name: 'camera', state: 'unknown', found: 'none connected', mend: 'Needed at the kiosk only.' };
}

const badCheck = (name: string, fault: Fault, { language }: Config): Check => ({
  name,
  state: 'bad',
  found: `${fault.code}${fault.detail === undefined ? '' : `: ${fault.detail}`}`,
  mend: faultText(fault, language),
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
