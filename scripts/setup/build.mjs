/** The app's own code, built into out/ when it has changed since: by electron-vite, the phones' pages by vite, and the loops over pixels by AssemblyScript. */
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readNote, root, undefinedIfMissing, writeNote } from './cache.mjs';
import { exec, lastLines } from './exec.mjs';
import { runtime } from './runtime.mjs';
import { say, task } from './say.mjs';
import { SetupError } from './setupError.mjs';

const NOTE = 'build';
const SOURCES = ['main', 'preload', 'renderer', 'resources'];
const OTHER_INPUTS = /^(package-lock\.json|package\.json|.*\.config\.(ts|js|mjs)|tsconfig.*\.json|asconfig\.json)$/;

export const build = {
  name: 'build',
  async isDone() {
    const note = await readNote(NOTE);
    if (note === undefined || note.inputs !== (await inputs())) return false;
    const built = await Promise.all(
      note.outputs.map((/** @type {string} */ file) => stat(join(root, file)).catch(undefinedIfMissing)),
    );
    return built.every((found) => found !== undefined);
  },
  async run() {
    // Taken before, so that what is edited during the build counts as changed after it.
    const built = await inputs();
    await task('building the app', buildAll);
    await writeNote(NOTE, { inputs: built, outputs: await outputs() });
  },
};

async function buildAll() {
  const { executable, version } = await runtime();
  await runBuilder(['electron-vite', 'bin', 'electron-vite.js'], ['build'], {
    // The language level follows the runtime that will run it.
    ELECTRON_EXEC_PATH: executable,
    ELECTRON_MAJOR_VER: version.split('.')[0],
  });
  for (const pages of ['phone', 'gallery']) {
    await runBuilder(['vite', 'bin', 'vite.js'], ['build', '-c', `vite.${pages}.config.ts`]);
  }
  await runBuilder(['assemblyscript', 'bin', 'asc.js'], ['--config', 'asconfig.json', '--target', 'release']);
}

/**
 * @param {string[]} script path inside node_modules
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
async function runBuilder(script, args, env) {
  const outcome = await exec(process.execPath, [join(root, 'node_modules', ...script), ...args], { cwd: root, env });
  if (outcome.code === 0) return;
  say(lastLines(outcome, 30));
  throw new SetupError('The app could not be built (see above).', 'npm run build');
}

/** A hash over path, size and time of all that goes into the build, and over the runtime it is for. */
async function inputs() {
  const ofFolders = await Promise.all(SOURCES.map((folder) => filesIn(folder)));
  const beside = (await readdir(root)).filter((name) => OTHER_INPUTS.test(name));
  const hash = createHash('sha256').update((await readNote('runtime'))?.version ?? '');
  for (const file of [...ofFolders.flat(), ...beside].sort()) {
    const found = await stat(join(root, file)).catch(undefinedIfMissing);
    if (found?.isFile()) hash.update(`${file} ${found.size} ${found.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** What the build wrote, the parts that are its own: other things (a demo's library) may come and go beside them. */
async function outputs() {
  const parts = await Promise.all(
    ['main', 'preload', 'renderer', 'phone', 'gallery', 'kernels'].map((part) => filesIn(join('out', part))),
  );
  return parts.flat();
}

/** @param {string} folder */
async function filesIn(folder) {
  const found = (await readdir(join(root, folder), { recursive: true }).catch(undefinedIfMissing)) ?? [];
  return found.map((entry) => join(folder, entry));
}
