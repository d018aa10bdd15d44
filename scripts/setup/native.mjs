/**
 * The native modules, such as the chosen runtime can load them.
 *
 * better-sqlite3's own binaries want Node-API 10 and crash an older runtime when they are loaded, so for such a one it is built here from
 * its own source against the experimental Node-API of Node.js 20, which holds all it calls. The result runs on newer runtimes, too.
 * The others ship binaries that fit; that all of them load is tried once, under the runtime itself.
 */
import { existsSync } from 'node:fs';
import { copyFile, cp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  cacheFolder,
  readJson,
  readNote,
  root,
  undefinedIfMissing,
  withWorkshop,
  writeNote,
  writeWhole,
} from './cache.mjs';
import { exec, lastLines } from './exec.mjs';
import { npmsNodeGyp } from './npm.mjs';
import { provideCompiler } from './os.mjs';
import { lockHash } from './packages.mjs';
import { describe, runtime } from './runtime.mjs';
import { say, task } from './say.mjs';
import { SetupError } from './setupError.mjs';

const NOTE = 'native';

/** The Node-API that better-sqlite3's binaries are made for. */
const NAPI_OF_PREBUILDS = 10;

const sqliteFolder = join(root, 'node_modules', 'better-sqlite3');
const builtAddon = join(sqliteFolder, 'build', 'Release', 'better_sqlite3.node');
const probe = fileURLToPath(new URL('probe.cjs', import.meta.url));

export const native = {
  name: 'native',
  async isDone() {
    const [note, now] = await Promise.all([readNote(NOTE), state().catch(undefinedIfMissing)]);
    return note !== undefined && now !== undefined && note.state === now;
  },
  async run() {
    const chosen = await runtime();
    if (chosen.napi < NAPI_OF_PREBUILDS) await provideAddon(chosen);
    else await rm(join(sqliteFolder, 'build'), { recursive: true, force: true });
    for (const name of ['better-sqlite3', 'onnxruntime-node', 'usearch', 'sharp']) await verify(name, chosen);
    await writeNote(NOTE, { state: await state() });
  },
};

/** All that the verdict depends on: the runtime, the packages' versions, and the file that we may have put there. */
async function state() {
  const note = await readNote('runtime');
  if (note === undefined) return undefined;
  const addon = await stat(builtAddon).catch(undefinedIfMissing);
  return [note.executable, note.version, await lockHash(), addon?.size ?? 'prebuilt', addon?.mtimeMs ?? ''].join(' ');
}

/**
 * Puts the addon into node_modules, from the cache or from a compilation that goes there first.
 * @param {import('./runtime.mjs').Runtime} chosen
 */
async function provideAddon(chosen) {
  const { version } = await readJson(join(sqliteFolder, 'package.json'));
  const cached = join(
    cacheFolder(),
    `better-sqlite3-${version}-napi${chosen.napi}-${process.platform}-${process.arch}.node`,
  );
  if (existsSync(cached)) {
    await writeWhole(builtAddon, await readFile(cached));
    if ((await tryOut('better-sqlite3', chosen)).code === 0) return;
    say(`${cached} is damaged, building it again`);
  }
  await provideCompiler();
  await task(`building better-sqlite3 ${version} from source (once, about a minute)`, () => compile(cached));
  await writeWhole(builtAddon, await readFile(cached));
}

/**
 * @param {string} result where the addon goes
 */
async function compile(result) {
  const gyp = npmsNodeGyp();
  if (gyp === undefined)
    throw new SetupError(
      'npm has no node-gyp here, which better-sqlite3 is built with.',
      'npm install -g npm && npm run setup',
    );

  // make cannot cope with spaces in paths, which a home folder may have.
  const parent = /\s/.test(cacheFolder()) ? tmpdir() : cacheFolder();
  await withWorkshop(async (workshop) => {
    const source = join(workshop, 'better-sqlite3');
    const parts = ['binding.gyp', 'deps', 'lib', 'package.json', 'src'];
    await Promise.all(parts.map((part) => cp(join(sqliteFolder, part), join(source, part), { recursive: true })));
    await cp(join(root, 'node_modules', 'node-addon-api'), join(source, 'node_modules', 'node-addon-api'), {
      recursive: true,
    });
    await patchGyp(join(source, 'binding.gyp'));

    const outcome = await exec(
      process.execPath,
      [gyp, 'rebuild', '--release', '--force_build=1', '--jobs=max', ...headers()],
      { cwd: source },
    );
    if (outcome.code !== 0) throw compilationError(outcome);
    const unfinished = join(dirname(result), `.${process.pid}.node`);
    await copyFile(join(source, 'build', 'Release', 'better_sqlite3.node'), unfinished);
    await rename(unfinished, result);
  }, parent);
}

/** Node's headers beside the Node that runs us, as its makers' archives and packages have them; without, node-gyp fetches them. */
function headers() {
  const prefix = join(dirname(process.execPath), '..');
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
}

/**
 * Node 20 has what better-sqlite3 calls, but under the experimental Node-API; and -flto makes a slow build slower for nothing we need.
 * @param {string} file
 */
async function patchGyp(file) {
  const before = await readFile(file, 'utf8');
  const after = before
    .replace("'NAPI_VERSION=10'", "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'")
    .replace("'-fvisibility-inlines-hidden', '-flto'", "'-fvisibility-inlines-hidden'")
    .replaceAll("'ldflags': ['-flto', ", "'ldflags': [")
    .replaceAll("'ldflags': ['-flto'],", '');
  // A later version that looks different must be looked at by a person, not built as it comes.
  if (!after.includes('NAPI_EXPERIMENTAL') || after.includes('-flto'))
    throw new Error(`${file} is not as this patch knows it`);
  await writeFile(file, after);
}

/** @param {import('./exec.mjs').Outcome} outcome */
function compilationError(outcome) {
  // node-gyp's words for not getting at the headers, which it does before anything else.
  if (/FetchError|network connectivity|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT/.test(outcome.stderr)) {
    return new SetupError(
      `better-sqlite3 must be built here, and the headers of Node.js ${process.version} are neither beside ${process.execPath} nor to be fetched.`,
      'install Node.js with its include folder (its own archives have it; a Debian package: libnode-dev), then npm run setup',
    );
  }
  say(lastLines(outcome));
  return new SetupError('better-sqlite3 could not be built from source (see above).', 'npm run setup');
}

/**
 * Loads a native module under the runtime, as the app will, and uses it once.
 * @param {string} name
 * @param {import('./runtime.mjs').Runtime} chosen
 */
function tryOut(name, { executable }) {
  return exec(executable, [probe, name], { cwd: root, env: { ELECTRON_RUN_AS_NODE: '1' } });
}

/**
 * @param {string} name
 * @param {import('./runtime.mjs').Runtime} chosen
 */
async function verify(name, chosen) {
  const outcome = await tryOut(name, chosen);
  if (outcome.code === 0) return;
  say(lastLines(outcome, 5));
  throw new SetupError(
    `${name} does not load under ${describe(chosen)} (${outcome.signal ?? `exit code ${outcome.code}`}).`,
    'rm -rf node_modules && npm run setup',
  );
}
