import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, Menu, powerSaveBlocker } from 'electron';
import { createBoothCore } from './boothCore.ts';
import { lockDown } from './lockDown.ts';
import { serveWindows } from './serveWindows.ts';
import { openWindows } from './windows.ts';

/** The booth: core, and its windows. @returns the exit code, once the window is closed or the system asks for an end */
export async function runBooth(entriesDir: string): Promise<number> {
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write(`${app.name} is running already.\n`);
    return 1;
  }
  const { values } = parseArgs({ args: process.argv.slice(1), options: { config: { type: 'string' } }, strict: false });
  // Core reads its settings by itself.
  if (typeof values.config === 'string') process.env['FINDME_CONFIG'] = path.resolve(values.config);
  const asked = untilAskedToEnd();
  const core = createBoothCore({ entriesDir, onQuit: asked.end });
  // For as long as the booth runs: other places are read at its next start.
  const places = core.start().then(() => core.ask('present', {}));

  lockDown();
  serveWindows(path.join(entriesDir, '../renderer'), {
    fileOf: async (sha256, size) => {
      const dir = (await places)?.derivativesDir;
      return dir && path.join(dir, size, sha256.slice(0, 2), `${sha256}.jpg`);
    },
    derive: async (sha256, size) => (await core.ask('derive', { sha256, size }))?.isThere ?? false,
    brandingFileOf: async (name) => {
      const dir = (await places)?.brandingDir;
      return dir && path.join(dir, name);
    },
    printFileOf: async (id) => {
      const dir = (await places)?.printsDir;
      return dir && path.join(dir, `${id}.jpg`);
    },
  });

  // With its menu go the keys that close, reload and zoom.
  Menu.setApplicationMenu(null);
  const windows = openWindows(entriesDir, core.connect);
  void places
    .then((presented) => windows.show(presented ?? { window: { mode: 'kiosk' }, usesSecondDisplay: false }))
    .then(() => core.ask('needsSetup', {}))
    .then((answer) => {
      if (answer?.needsSetup === true) windows.openStaff();
    });
  powerSaveBlocker.start('prevent-display-sleep');

  await Promise.race([asked.isOver, windows.untilClosed]);
  await core.stop();
  return 0;
}

/** The system, a person at a terminal or staff want an end. */
function untilAskedToEnd(): { isOver: Promise<void>; end: () => void } {
  let end: () => void = () => undefined;
  const isOver = new Promise<void>((resolve) => {
    end = resolve;
    // Held back until core has closed its library; the end itself is app.exit.
    app.on('before-quit', (event) => {
      event.preventDefault();
      resolve();
    });
    // Electron would quit by itself.
    app.on('window-all-closed', resolve);
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
  return { isOver, end };
}
