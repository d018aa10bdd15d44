/**
 * The Electron that app, tests and bench run on: the official one where it can be had, else the one that npm carries. Which it is,
 * and what is inside, is written down once and read by everybody else with `runtime()`.
 */
import { stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { cacheFolder, readNote, undefinedIfMissing, writeNote } from './cache.mjs';
import { installCarried, installedCarried, isCarriedForThisMachine } from './carried.mjs';
import { exec, lastLines } from './exec.mjs';
import {
  fetchOfficial,
  installedOfficial,
  isOfficialOutOfReach,
  officialVersion,
  rememberOutOfReach,
} from './official.mjs';
import { say } from './say.mjs';
import { SetupError } from './setupError.mjs';

const NOTE = 'runtime';

/**
 * @typedef {object} Runtime
 * @property {string} executable
 * @property {string} version Electron's
 * @property {'official' | 'npm-carried'} source
 * @property {string} node the version of Node.js inside
 * @property {number} napi the version of Node-API it offers
 */

/**
 * The runtime that set-up chose.
 * @returns {Promise<Runtime>}
 */
export async function runtime() {
  const note = await readNote(NOTE);
  if (note === undefined) throw new SetupError('There is no Electron runtime yet.', 'npm run setup');
  return note;
}

/** @param {Runtime} chosen */
export const describe = ({ version, node, source }) => `Electron ${version} (${source}, Node.js ${node})`;

/** @param {{ retryOfficial: boolean }} options */
export function runtimeStep({ retryOfficial }) {
  return {
    name: 'runtime',
    async isDone() {
      /** @type {Runtime | undefined} */
      const note = await readNote(NOTE);
      if (note === undefined || (await stat(note.executable).catch(undefinedIfMissing)) === undefined) return false;
      if (note.source === 'official') return note.version === (await officialVersion());
      const isOfThisCache = note.executable.startsWith(join(cacheFolder(), sep));
      return (
        isOfThisCache && !retryOfficial && (await installedOfficial()) === undefined && (await isOfficialOutOfReach())
      );
    },
    async run() {
      await writeNote(NOTE, await choose(retryOfficial));
    },
  };
}

/**
 * @param {boolean} retryOfficial
 * @returns {Promise<Runtime>}
 */
async function choose(retryOfficial) {
  const official = (await installedOfficial()) ?? (await tryOfficial(retryOfficial));
  if (official !== undefined) return inspect(official, 'official');

  if (isCarriedForThisMachine)
    say('official download out of reach, using the npm-carried runtime (--retry-official tries again)');
  const carried = (await installedCarried()) ?? (await installCarried());
  // Only now: where npm is out of reach as well, it is the network that is missing, and the official one may be there in a minute.
  if (!(await isOfficialOutOfReach())) await rememberOutOfReach();
  return inspect(carried, 'npm-carried');
}

/** @param {boolean} retryOfficial */
async function tryOfficial(retryOfficial) {
  // Where there is no other, the official one is worth a try each time.
  if (isCarriedForThisMachine && !retryOfficial && (await isOfficialOutOfReach())) return undefined;
  return fetchOfficial();
}

/**
 * Asks the executable itself what it is.
 * @param {string} executable
 * @param {Runtime['source']} source
 * @returns {Promise<Runtime>}
 */
async function inspect(executable, source) {
  const outcome = await exec(executable, ['-p', 'JSON.stringify(process.versions)'], {
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  if (outcome.code !== 0) {
    const library = /loading shared libraries: ([^:\s]+)/.exec(outcome.stderr)?.[1];
    if (library !== undefined) {
      throw new SetupError(
        `Electron does not start: this system lacks ${library}.`,
        `apt-file search ${library} (and install what has it), then npm run setup`,
      );
    }
    say(lastLines(outcome));
    throw new SetupError(
      `Electron does not start (${outcome.signal ?? `exit code ${outcome.code}`}).`,
      `${executable} --version`,
    );
  }
  const versions = JSON.parse(outcome.stdout);
  const found = { executable, version: versions.electron, source, node: versions.node, napi: Number(versions.napi) };
  say(`runtime: ${describe(found)}`);
  return found;
}
