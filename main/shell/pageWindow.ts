import path from 'node:path';
import { app, BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { origin, type WindowKind } from '../../preload/index.ts';

// The stage (renderer/ui): what is seen until the page has been painted.
const stageColour = '#12100E';

/**
 * A window with one of our pages, loading and not yet shown. A page that crashes or hangs is loaded anew: a guest sees the attract screen again.
 *
 * @param entriesDir the folder of built entries, beside that of the bridge
 */
export function createPageWindow(
  kind: WindowKind,
  entriesDir: string,
  options: BrowserWindowConstructorOptions = {},
): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
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
  const load = () => void webContents.loadURL(`${origin}/${kind}/index.html`);
  webContents.on('render-process-gone', load);
  webContents.on('unresponsive', () => webContents.forcefullyCrashRenderer());
  load();
  return window;
}
