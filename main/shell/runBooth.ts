import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, ipcMain, Menu, powerSaveBlocker } from 'electron';
import { createBoothCore } from './boothCore.ts';
import { createKioskWindow, showWindow } from './kioskWindow.ts';
import { isOurs, lockDown } from './lockDown.ts';
import { serveWindows } from './serveWindows.ts';

/** The booth: core, and the guests' window. @returns the exit code, once the window is closed or the system asks for an end */
export async function runBooth(entriesDir: string): Promise<number> {
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write(`${app.name} is running already.\n`);
    return 1;
  }
  const { values } = parseArgs({ args: process.argv.slice(1), options: { config: { type: 'string' } }, strict: false });
  // Core reads its settings by itself.
  if (typeof values.config === 'string') process.env['FINDME_CONFIG'] = path.resolve(values.config);
  const core = createBoothCore({ entriesDir });
  const isOver = untilAskedToEnd();
  const started = core.start();
  // For as long as the booth runs: other settings are read at its next start.
  const present = started.then(() => core.ask('present', {}));

  lockDown();
  serveWindows(path.join(entriesDir, '../renderer'), {
    fileOf: async (sha256, size) => {
      const settings = await present;
      return settings && path.join(settings.derivativesDir, size, sha256.slice(0, 2), `${sha256}.jpg`);
    },
    derive: async (sha256, size) => (await core.ask('derive', { sha256, size }))?.isThere ?? false,
    brandingFileOf: async (name) => (await present)?.branding[name],
  });

  // With its menu go the keys that close, reload and zoom.
  Menu.setApplicationMenu(null);
  const window = createKioskWindow(entriesDir);
  ipcMain.on('window:connect', ({ sender, senderFrame }) => {
    const isOurWindow = sender === window.webContents && senderFrame === sender.mainFrame;
    if (isOurWindow && isOurs(senderFrame.url)) core.connect(sender);
  });
  window.once('ready-to-show', () => {
    void present.then((settings) => showWindow(window, settings?.window ?? { mode: 'kiosk' }));
  });
  powerSaveBlocker.start('prevent-display-sleep');

  await isOver;
  await core.stop();
  return 0;
}

/** The window was closed, or the system or a person at a terminal wants an end. */
function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    app.on('window-all-closed', resolve);
    // Held back until core has closed its library; the end itself is app.exit.
    app.on('before-quit', (event) => {
      event.preventDefault();
      resolve();
    });
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
}
