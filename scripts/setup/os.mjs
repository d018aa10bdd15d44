/**
 * The operating system's part, on Linux: what Electron links to, a display for machines without one, and the tools that some steps
 * ask for. Looked for by the thing itself (a library the linker knows, a program on PATH), because packages are named differently
 * from one distribution to the next; installed with apt where we may.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { exec, lastLines } from './exec.mjs';
import { say, task } from './say.mjs';
import { SetupError } from './setupError.mjs';

/**
 * @typedef {object} Need
 * @property {'library' | 'program' | 'file'} kind
 * @property {string} name as the linker or PATH knows it; a file's whole path
 * @property {string[]} packages its Debian package, newest name first (Debian 13 and Ubuntu 24.04 renamed some for 64-bit time_t)
 */

/** @type {Record<string, Need>} */
const needs = {
  gtk: { kind: 'library', name: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  nss: { kind: 'library', name: 'libnss3.so', packages: ['libnss3'] },
  alsa: { kind: 'library', name: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  gbm: { kind: 'library', name: 'libgbm.so.1', packages: ['libgbm1'] },
  xvfb: { kind: 'program', name: 'Xvfb', packages: ['xvfb'] },
  xauth: { kind: 'program', name: 'xauth', packages: ['xauth'] },
  unzip: { kind: 'program', name: 'unzip', packages: ['unzip'] },
  compiler: { kind: 'program', name: 'g++', packages: ['g++'] },
  make: { kind: 'program', name: 'make', packages: ['make'] },
  python: { kind: 'program', name: 'python3', packages: ['python3'] },
  chromium: { kind: 'program', name: 'chromium', packages: ['chromium'] },
  cupsd: { kind: 'program', name: 'cupsd', packages: ['cups-daemon'] },
  lp: { kind: 'program', name: 'lp', packages: ['cups-client'] },
  pdftopdf: { kind: 'file', name: '/usr/lib/cups/filter/pdftopdf', packages: ['cups-filters'] },
  pdftoppm: { kind: 'program', name: 'pdftoppm', packages: ['poppler-utils'] },
};

/** What Electron needs to start on this machine; a display of its own only where there is none. */
function electronNeeds() {
  const libraries = [needs.gtk, needs.nss, needs.alsa, needs.gbm];
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  return hasDisplay ? libraries : [...libraries, needs.xvfb, needs.xauth];
}

export const os = {
  name: 'os',
  async isDone() {
    return process.platform !== 'linux' || (await missing(electronNeeds())).length === 0;
  },
  async run() {
    await provide(electronNeeds(), 'Electron');
  },
};

export const provideUnzip = () => provide([needs.unzip], 'unpacking Electron');
export const provideCompiler = () => provide([needs.compiler, needs.make, needs.python], 'building better-sqlite3');

/** Chromium or its like, as test/e2e/handset.ts looks for them. */
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A browser that is the guest's phone in the tests, where it can be had without asking anybody: they do without one. */
export async function provideBrowser() {
  if (browsers.some((name) => findProgram(name) !== undefined)) return;
  await offer([needs.chromium], 'the tests of guests’ phones', 'what guests see on their phones is not tested');
}

/** A CUPS that tests run themselves (test/fixtures/cups), as far as it can be had without asking anybody: nothing is printed with the system's own. */
export async function provideCups() {
  const wanted = [needs.cupsd, needs.lp, needs.pdftopdf, needs.pdftoppm];
  await offer(wanted, 'the tests of printing', 'printing is not tested');
}

/**
 * Installs what is wanted where that takes nobody's leave.
 * @param {Need[]} wanted
 * @param {string} purpose
 * @param {string} loss what is so without them
 */
async function offer(wanted, purpose, loss) {
  if (process.platform !== 'linux' || findProgram('apt-get') === undefined || process.getuid?.() !== 0) return;
  const lacking = await missing(wanted);
  if (lacking.length === 0) return;
  try {
    await install(lacking, purpose, lacking.map(({ name }) => name).join(', '));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`  without ${lacking.length === 1 ? 'it' : 'them'}, ${loss}`);
  }
}

/**
 * Makes sure of these, or says what is to be done.
 * @param {Need[]} wanted
 * @param {string} purpose
 */
async function provide(wanted, purpose) {
  if (process.platform !== 'linux') return;
  const lacking = await missing(wanted);
  if (lacking.length === 0) return;

  const names = lacking.map(({ name }) => name).join(', ');
  if (findProgram('apt-get') === undefined) {
    throw new SetupError(
      `${purpose} needs ${names}, which this system lacks and which can only be installed here with its own package manager.`,
      `install ${names} (on Debian: ${lacking.map(({ packages }) => packages.at(-1)).join(' ')}), then npm run setup`,
    );
  }
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) {
    const packages = (await aptNames(lacking)).join(' ');
    throw new SetupError(
      `${purpose} needs ${names}, which this system lacks.`,
      `sudo apt-get update && sudo apt-get install --no-install-recommends -y ${packages} && npm run setup`,
    );
  }
  await install(lacking, purpose, names);
}

let hasUpdated = false;

/**
 * @param {Need[]} lacking
 * @param {string} purpose
 * @param {string} names
 */
async function install(lacking, purpose, names) {
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  // Another apt may hold the lock for a while on a machine that has just booted.
  const patience = ['-o', 'DPkg::Lock::Timeout=120'];
  const options = { env, gentle: true };

  if (!hasUpdated) {
    const updated = await task('asking apt for its lists of packages', () =>
      exec('apt-get', ['update', '-q', ...patience], options),
    );
    // A broken third-party list fails the update although what we need may be there: the installation decides.
    if (updated.code !== 0) say(`  apt-get update failed: ${lastLines(updated, 1)}`);
    hasUpdated = true;
  }
  const packages = await aptNames(lacking);
  const mend = `apt-get update && apt-get install --no-install-recommends -y ${packages.join(' ')} && npm run setup`;
  const outcome = await task(`installing ${packages.join(' ')} for ${purpose}`, () =>
    exec('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...patience, ...packages], options),
  );
  if (outcome.code !== 0) {
    say(lastLines(outcome));
    throw new SetupError(`apt-get could not install ${packages.join(' ')}.`, mend);
  }
  const still = await missing(lacking);
  if (still.length > 0) {
    throw new SetupError(`${names} should be there now, and ${still.map(({ name }) => name).join(', ')} is not.`, mend);
  }
}

/** @param {Need[]} wanted */
async function missing(wanted) {
  const libraries = wanted.some(({ kind }) => kind === 'library') ? await knownLibraries() : new Set();
  return wanted.filter(({ kind, name }) => {
    if (kind === 'library') return !libraries.has(name);
    return kind === 'file' ? !isExecutable(name) : findProgram(name) === undefined;
  });
}

/** What the dynamic linker knows, as `ldconfig -p` lists it: "\tlibnss3.so (libc6,x86-64) => /lib/x86_64-linux-gnu/libnss3.so". */
async function knownLibraries() {
  // sbin is not on everybody's PATH; the cache itself is readable by all.
  const ldconfig = findProgram('ldconfig') ?? '/sbin/ldconfig';
  const { stdout } = await exec(ldconfig, ['-p']);
  const abi = { x64: 'x86-64', arm64: 'AArch64', arm: 'hard-float' }[/** @type {string} */ (process.arch)];
  const ofThisArch = stdout.split('\n').filter((line) => abi === undefined || line.includes(abi));
  return new Set(ofThisArch.map((line) => line.trim().split(' ')[0]));
}

/**
 * The path of a program, or undefined.
 * @param {string} name
 */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not ours to run: either way we cannot
  }
}

/**
 * The names that this system's apt knows; before its first update it may know none, then the oldest names must do.
 * @param {Need[]} lacking
 */
async function aptNames(lacking) {
  return Promise.all(
    lacking.map(async ({ packages }) => {
      for (const name of packages.length > 1 ? packages : []) {
        const { stdout } = await exec('apt-cache', ['policy', name], { env: { LC_ALL: 'C' } });
        if (/Candidate: (?!\(none\))/.test(stdout)) return name;
      }
      return packages[packages.length - 1];
    }),
  );
}
