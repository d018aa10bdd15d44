/**
 * Where the set-up keeps things: what every clone on this machine can share, in a cache outside the tree; what it knows about this
 * tree, in node_modules/.findme, which goes when node_modules goes.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, mkdtemp, readFile, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { SetupError } from './setupError.mjs';

/** The root of this tree. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const WORKSHOP_PREFIX = 'workshop-';

/** The cache that every clone on this machine shares. */
export function cacheFolder(env = process.env) {
  return resolve(env.FINDME_CACHE_DIR || defaultCacheFolder(env));
}

/** @param {NodeJS.ProcessEnv} env */
function defaultCacheFolder(env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'findme-kiosk');
}

/** @param {string} name */
export const notePath = (name) => join(root, 'node_modules', '.findme', `${name}.json`);

/**
 * What the set-up wrote down about this tree, or undefined when there is nothing (readable).
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function readNote(name) {
  return readJson(notePath(name));
}

/**
 * @param {string} name
 * @param {unknown} value
 */
export async function writeNote(name, value) {
  await writeWhole(notePath(name), `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * @param {string} path
 * @returns {Promise<any>} undefined when the file is not there or was cut short
 */
export async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    return undefinedIfMissing(error);
  }
}

/**
 * For `.catch`: a file that is not there is an answer, any other failure is not.
 * @param {unknown} error
 * @returns {undefined}
 */
export function undefinedIfMissing(error) {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}

/**
 * Writes a file whole or not at all.
 * @param {string} path
 * @param {string | Buffer} content
 */
export async function writeWhole(path, content) {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}`;
  try {
    await writeFile(unfinished, content);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/**
 * Gives `work` an empty folder beside what it will become (so that a rename is enough to put it in place), and removes it afterwards.
 * @template T
 * @param {(folder: string) => Promise<T>} work
 * @param {string} [parent]
 * @returns {Promise<T>}
 */
export async function withWorkshop(work, parent = cacheFolder()) {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, WORKSHOP_PREFIX));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes what an earlier set-up left behind when it was killed. Only for the holder of the lock: no other workshop is in use then. */
export async function sweepWorkshops() {
  const names = (await readdir(cacheFolder()).catch(undefinedIfMissing)) ?? [];
  const left = names.filter((name) => name.startsWith(WORKSHOP_PREFIX));
  await Promise.all(left.map((name) => rm(join(cacheFolder(), name), { recursive: true, force: true })));
}

/**
 * Refuses to begin what would fill the disk half-way.
 * @param {number} bytes
 */
export async function needSpace(bytes) {
  const { bavail, bsize } = await statfs(cacheFolder());
  if (bavail * bsize >= bytes) return;
  throw new SetupError(
    `${cacheFolder()} has ${Math.round((bavail * bsize) / 1e6)} MB free and this step needs ${Math.round(bytes / 1e6)} MB.`,
    'FINDME_CACHE_DIR=/a/folder/on/a/larger/disk npm run setup',
  );
}

/**
 * The subresource-integrity string of a file ("sha512-…"), or undefined when it is not there.
 * @param {string} path
 */
export async function integrityOf(path) {
  const hash = createHash('sha512');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    return undefinedIfMissing(error);
  }
  return `sha512-${hash.digest('base64')}`;
}

/**
 * Bytes of all files under a folder; what vanishes while it is being counted counts as nothing.
 * @param {string} folder
 * @returns {Promise<number>}
 */
export async function sizeOf(folder) {
  const entries = (await readdir(folder, { recursive: true }).catch(undefinedIfMissing)) ?? [];
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const found = await lstat(join(folder, entry)).catch(undefinedIfMissing);
      return found?.isFile() ? found.size : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
