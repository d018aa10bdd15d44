// In the place of shell: prints for a core, and passes it what the test says on standard input. An entry, built for the tests.
import path from 'node:path';
import { createInterface } from 'node:readline';
import { app, BrowserWindow, utilityProcess } from 'electron';
import { hostCore } from '../../../main/shell/hostCore.ts';
import { createPrintDesk } from '../../../main/shell/print/index.ts';
import { registerScheme } from '../../../main/shell/scheme.ts';

const entriesDir = import.meta.dirname;
app.disableHardwareAcceleration();
registerScheme();
app.on('window-all-closed', () => undefined);
let mostWindows = 0;
app.on('browser-window-created', () => {
  mostWindows = Math.max(mostWindows, BrowserWindow.getAllWindows().length);
});

void app.whenReady().then(() => {
  const core = utilityProcess.fork(path.join(entriesDir, 'core.js'), [], { stdio: 'inherit' });
  hostCore(core, { entriesDir, printDesk: createPrintDesk(), onQuit: () => undefined });
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const windows = { now: BrowserWindow.getAllWindows().length, most: mostWindows };
      core.postMessage({ ...(JSON.parse(line) as object), windows });
    })
    .on('close', () => app.exit());
});
