import Module, { createRequire } from 'node:module';
import type Sharp from 'sharp';

// The one place that chooses between sharp's two builds. Inside Electron on Linux the native build binds to the GLib that Electron
// has loaded and not to its own: warnings on each picture, memory never released, crashes (lovell/sharp#4522). There the
// WebAssembly build of the same library takes its place: slower, but sound. sharp itself falls back to that build when the native one cannot be
// resolved, so that is what it is told.
const isElectronOnLinux = process.platform === 'linux' && 'electron' in process.versions;

type Resolve = (request: string, ...rest: unknown[]) => string;

function loadSharp(): typeof Sharp {
  const require = createRequire(import.meta.url);
  if (!isElectronOnLinux) return require('sharp') as typeof Sharp;

  const resolver = Module as unknown as { _resolveFilename: Resolve };
  const resolve = resolver._resolveFilename;
  resolver._resolveFilename = (request, ...rest) => {
    if (request.startsWith('@img/sharp-linux')) {
      throw Object.assign(new Error(`${request} is not for Electron`), { code: 'MODULE_NOT_FOUND' });
    }
    return resolve(request, ...rest);
  };
  try {
    return require('sharp') as typeof Sharp;
  } finally {
    resolver._resolveFilename = resolve;
  }
}

export const sharp = loadSharp();
export const sharpBuild: 'wasm' | 'native' = isElectronOnLinux ? 'wasm' : 'native';

// The pool runs as many workers as there are cores to use: a picture needs no more than one thread. Files are read once, so that
// caching them (and keeping their handles open on a card that is to be taken out) gains nothing.
sharp.concurrency(1);
sharp.cache(false);
