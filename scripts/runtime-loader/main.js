/**
 * Stands in the npm-carried Electron where the official build has its default app: opens the app whose folder (or main script) the
 * command line names, so that `electron <folder>` means the same on both. Packed into resources/default_app.asar.
 *
 * Understands what our scripts and Playwright use: `-r <module>`, `--require=<module>`, `--app=<folder>`, `--version`, `-v`, `--`.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as electron from 'electron';

/** Electron's own default app calls these; they are not in its typings. */
const app = /** @type {Electron.App & { setAppPath(folder: string): void, setVersion(version: string): void }} */ (
  electron.app
);
const preload = /** @type {{ _preloadModules(names: string[]): void }} */ (/** @type {unknown} */ (Module))
  ._preloadModules;

/**
 * Chromium's and Electron's own switches are none of our business; the first word that is no option is the app.
 * @param {string[]} args
 */
function readCommandLine(args) {
  const read = {
    modules: /** @type {string[]} */ ([]),
    target: /** @type {string | undefined} */ (undefined),
    wantsVersion: false,
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-r' || arg === '--require') read.modules.push(args[++i] ?? '');
    else if (arg.startsWith('--require=')) read.modules.push(arg.slice('--require='.length));
    else if (arg === '-v' || arg === '--version') read.wantsVersion = true;
    else if (arg.startsWith('--app=')) return { ...read, target: arg.slice('--app='.length) };
    else if (arg === '--') return { ...read, target: args[i + 1] };
    else if (!arg.startsWith('-')) return { ...read, target: arg };
  }
  return read;
}

/**
 * What the official build tells Electron about an app before its first line runs.
 * @param {string} folder
 * @returns {{ main?: string }}
 */
function introduce(folder) {
  app.setAppPath(folder);
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return {};
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  if (manifest.version) app.setVersion(manifest.version);
  if (manifest.productName || manifest.name) app.name = manifest.productName || manifest.name;
  app.setDesktopName(manifest.desktopName || `${app.name}.desktop`);
  return manifest;
}

/** @param {string} target */
function mainOf(target) {
  if (statSync(target).isFile()) {
    introduce(dirname(target));
    return target;
  }
  return join(target, introduce(target).main ?? 'index.js');
}

/** @param {string} sentence */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const { modules, target, wantsVersion } = readCommandLine(process.argv.slice(1));
if (wantsVersion) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
if (!process.defaultApp) Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
preload(modules.map((name) => (name.startsWith('.') ? resolve(name) : name)));

// Awaited at the top: Electron holds `ready` back until this file has run, and some calls of an app must come before it.
if (target === undefined) fail('Electron wants the folder of an app: electron <folder>');
else {
  try {
    await import(pathToFileURL(mainOf(resolve(target))).href);
  } catch (error) {
    fail(`The app in ${target} does not start: ${error instanceof Error ? error.stack : error}`);
  }
}
