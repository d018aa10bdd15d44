// Electron's main process: starts every child and holds what only it may. It must never be busy.
import { app } from 'electron';
import { runBooth } from './runBooth.ts';
import { runCli } from './runCli.ts';
import { registerScheme } from './scheme.ts';

const entriesDir = import.meta.dirname;
const cliAt = process.argv.indexOf('--cli');
const isCli = cliAt !== -1;

registerScheme();
// The cli draws nothing, and a machine that runs only that need not have a graphics card.
if (isCli) app.disableHardwareAcceleration();

// Not awaited: Electron is ready only after this module has been evaluated.
void app
  .whenReady()
  .then(() => (isCli ? runCli(entriesDir, process.argv.slice(cliAt + 1)) : runBooth(entriesDir)))
  .then((exitCode) => app.exit(exitCode));
