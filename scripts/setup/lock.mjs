/**
 * One set-up at a time on this machine: two would race for the same cache, and two compilations at once help nobody.
 *
 * The lock is a file in the cache that its holder touches every few seconds. It counts as left behind when its holder is gone, or
 * (a cache shared between machines or containers) when nobody has touched it for a while.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder, undefinedIfMissing } from './cache.mjs';
import { throwIfInterrupted } from './exec.mjs';
import { say } from './say.mjs';

const TOUCH_EVERY_MS = 2_000;
const ABANDONED_AFTER_MS = 30_000;
const LOOK_AGAIN_MS = 300;

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(work) {
  await mkdir(cacheFolder(), { recursive: true });
  const path = join(cacheFolder(), 'setup.lock');
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });

  let hasSaidSo = false;
  while (!(await take(path, mine))) {
    throwIfInterrupted();
    const other = await readFile(path, 'utf8').catch(undefinedIfMissing);
    if (other === undefined) continue;
    if (await isAbandoned(path, other)) {
      await breakLock(path, other);
      continue;
    }
    if (!hasSaidSo) say('another set-up is at work, waiting for it');
    hasSaidSo = true;
    await sleep(LOOK_AGAIN_MS);
  }

  const touch = setInterval(() => {
    const now = new Date();
    // The cache may have been deleted under us; the work itself will say so if that matters.
    utimes(path, now, now).catch(() => undefined);
  }, TOUCH_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(touch);
    if ((await readFile(path, 'utf8').catch(undefinedIfMissing)) === mine) await rm(path, { force: true });
  }
}

/**
 * @param {string} path
 * @param {string} mine
 */
async function take(path, mine) {
  try {
    await writeFile(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @param {string} holder
 */
async function isAbandoned(path, holder) {
  const found = await stat(path).catch(undefinedIfMissing);
  if (found === undefined) return false;
  if (Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) return true;
  // Between its creation and its first byte the file is empty: somebody is just taking it.
  if (holder === '') return false;
  const { pid, host } = JSON.parse(holder);
  return host === hostname() && !isAlive(pid);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Moves the lock aside rather than deleting it: of several that want to break it only one succeeds, and who finds that it has moved
 * a newer lock puts it back.
 * @param {string} path
 * @param {string} expected
 */
async function breakLock(path, expected) {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    return undefinedIfMissing(error);
  }
  const moved = await readFile(aside, 'utf8');
  if (moved === expected) await rm(aside);
  else await rename(aside, path);
}
