/**
 * Electron as its makers publish it: the version in package.json, fetched by the electron package's own installer (which checks its
 * sha256, keeps its own cache and honours ELECTRON_MIRROR).
 */
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, readJson, root, sizeOf, undefinedIfMissing, withWorkshop, writeWhole } from './cache.mjs';
import { exec } from './exec.mjs';
import { megabytes, task } from './say.mjs';

/** A firewall that swallows packets gives no error: without a single byte for so long, it is out of reach. */
const SILENCE_MS = 30_000;
const TRY_AGAIN_AFTER_MS = 24 * 60 * 60 * 1000;

const packageFolder = join(root, 'node_modules', 'electron');
const refusalPath = (/** @type {string} */ version) => join(cacheFolder(), `electron-${version}-out-of-reach.json`);

/** The version of Electron that package.json asks for. */
export async function officialVersion() {
  return /** @type {string} */ ((await readJson(join(packageFolder, 'package.json'))).version);
}

/** The executable that the electron package has installed, or undefined. */
export async function installedOfficial() {
  const [file, unpacked] = await Promise.all(
    ['path.txt', 'dist/version'].map((name) => readFile(join(packageFolder, name), 'utf8').catch(undefinedIfMissing)),
  );
  if (file === undefined || unpacked?.replace(/^v/, '').trim() !== (await officialVersion())) return undefined;
  const executable = join(packageFolder, 'dist', file);
  return (await stat(executable).catch(undefinedIfMissing)) === undefined ? undefined : executable;
}

/** Whether it lately proved out of reach, so that trying again would only cost time. */
export async function isOfficialOutOfReach() {
  const refusal = await readJson(refusalPath(await officialVersion()));
  return refusal !== undefined && Date.now() - Date.parse(refusal.at) < TRY_AGAIN_AFTER_MS;
}

/** So that set-up does not knock at a closed door each time. */
export async function rememberOutOfReach() {
  await writeWhole(refusalPath(await officialVersion()), JSON.stringify({ at: new Date().toISOString() }));
}

/**
 * Fetches it.
 * @returns {Promise<string | undefined>} the executable, or undefined when it is out of reach
 */
export async function fetchOfficial() {
  const version = await officialVersion();
  await rm(refusalPath(version), { force: true });
  const isFetched = await task(
    `fetching Electron ${version} from its makers`,
    // The installer's temporary files go where we see them grow.
    (progress) => withWorkshop((workshop) => runInstaller(workshop, progress)),
    (isThere) => (isThere ? 'done' : 'given up'),
  );
  return isFetched ? installedOfficial() : undefined;
}

/**
 * @param {string} workshop
 * @param {(detail: string) => void} progress
 */
async function runInstaller(workshop, progress) {
  const silence = new AbortController();
  let seenBytes = 0;
  let seenAtMs = Date.now();
  const watch = setInterval(async () => {
    const bytes = (await sizeOf(workshop).catch(() => 0)) + (await sizeOf(join(packageFolder, 'dist')).catch(() => 0));
    if (bytes !== seenBytes) seenAtMs = Date.now();
    if (bytes > 0) progress(megabytes(bytes));
    seenBytes = bytes;
    if (Date.now() - seenAtMs > SILENCE_MS) silence.abort();
  }, 500);
  try {
    const env = { TMPDIR: workshop, TEMP: workshop, TMP: workshop, ELECTRON_GET_NO_PROGRESS: '1' };
    const outcome = await exec(process.execPath, ['install.js'], { cwd: packageFolder, env, stop: silence.signal });
    return outcome.code === 0;
  } finally {
    clearInterval(watch);
  }
}
