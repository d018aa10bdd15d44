import path from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import { origin, type BoothContract } from '../../preload/index.ts';
import type { Reply } from '../processes/index.ts';

type WindowSettings = Reply<BoothContract, 'present'>['window'];

// The stage (renderer/ui): what is seen until the page has been painted.
const stageColour = '#12100E';

/**
 * The guests' window, loading and not yet shown. A page that crashes or hangs is loaded anew: a guest sees the attract screen again.
 *
 * @param entriesDir the folder of built entries, beside that of the bridge
 */
export function createKioskWindow(entriesDir: string): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    backgroundColor: stageColour,
    webPreferences: {
      preload: path.join(entriesDir, '../preload/bridge.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      // The camera's picture and the guide go on whatever lies over the window.
      backgroundThrottling: false,
    },
  });
  const { webContents } = window;
  const load = () => void webContents.loadURL(`${origin}/kiosk/index.html`);
  webContents.on('render-process-gone', load);
  webContents.on('unresponsive', () => webContents.forcefullyCrashRenderer());
  load();
  return window;
}

/** Puts the window where the settings want it, and shows it. */
export function showWindow(window: BrowserWindow, settings: WindowSettings): void {
  switch (settings.mode) {
    case 'kiosk':
      window.show();
      window.setKiosk(true);
      // Not by the keys of a keyboard that somebody has plugged in either. The booth ends by app.exit, which asks no window.
      window.on('close', (event) => event.preventDefault());
      // Without a window manager (a bare X server) the kiosk mode leaves the window as it is.
      window.setBounds(screen.getDisplayMatching(window.getBounds()).bounds);
      return;
    case 'window':
      window.setContentSize(settings.width, settings.height);
      window.center();
      window.show();
      return;
  }
}
