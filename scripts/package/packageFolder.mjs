/** The app as a folder that starts where it lies: what every installer holds, and what the tests run. */
import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readNote, root, sizeOf, undefinedIfMissing, writeNote } from '../setup/cache.mjs';
import { lastLines } from '../setup/exec.mjs';
import { say, task } from '../setup/say.mjs';
import { SetupError } from '../setup/setupError.mjs';
import { runBuilder } from './builder.mjs';

const NOTE = 'package';
const INPUTS = [
  ...['out/main', 'out/preload', 'out/renderer', 'out/phone', 'out/gallery'],
  ...['models', 'resources', 'scripts/package'],
  ...['electron-builder.yml', 'package.json', 'package-lock.json'],
];
const FOLDERS = { linux: 'linux-unpacked', win32: 'win-unpacked', darwin: `mac-${process.arch}` };

/** Where electron-builder puts it. */
export const packageFolder = join(root, 'out', 'package', FOLDERS[/** @type {'linux'} */ (process.platform)]);

/** Makes it, unless it has been made from the same things. @returns {Promise<{ sizeBytes: number }>} */
export async function providePackageFolder() {
  const made = { inputs: await inputs(), sizeBytes: await sizeOf(packageFolder) };
  const note = await readNote(NOTE);
  if (note?.inputs === made.inputs && note.sizeBytes === made.sizeBytes) return made;

  await task('packing the app', async () => {
    const outcome = await runBuilder(['--dir'], { aloud: false });
    if (outcome.code === 0) return;
    say(lastLines(outcome, 20));
    throw new SetupError('The app could not be packed (see above).', 'npm run package');
  });
  made.sizeBytes = await sizeOf(packageFolder);
  await writeNote(NOTE, made);
  return made;
}

/** A hash over what goes into it: the runtime and the native modules as set-up noted them, the rest by content. */
async function inputs() {
  const hash = createHash('sha256').update(JSON.stringify([await readNote('runtime'), await readNote('native')]));
  for (const file of (await Promise.all(INPUTS.map(filesIn))).flat().sort()) {
    hash.update(`${file}\n`).update(await readFile(join(root, file)));
  }
  return hash.digest('hex');
}

/**
 * A file itself, or the files under a folder; none where there is neither.
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function filesIn(path) {
  const found = await stat(join(root, path)).catch(undefinedIfMissing);
  if (found?.isDirectory() !== true) return found === undefined ? [] : [path];
  const names = await readdir(join(root, path));
  return (await Promise.all(names.map((name) => filesIn(join(path, name))))).flat();
}
