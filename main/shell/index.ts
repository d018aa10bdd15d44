// Electron's main process: starts every child and holds what only it may. It must never be busy.
import { app } from 'electron';
import { runBooth } from './runBooth.ts';
import { runCli } from './runCli.ts';
import { registerScheme } from './scheme.ts';

const entriesDir = import.meta.dirname;
const cliAt = process.argv.indexOf('--cli');
const isCli = cliAt !== -1;

// A bug here would otherwise show Electron's box with the error, over the kiosk, until somebody comes. One that comes at once is not tried again.
const leastUptimeS = 30;
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  if (!isCli && process.uptime() > leastUptimeS) app.relaunch();
  app.exit(1);
});

registerScheme();
// The cli draws nothing, and a machine that runs only that need not have a graphics card.
if (isCli) app.disableHardwareAcceleration();
// Two fingers and a swipe from the side are for nothing here.
app.commandLine.appendSwitch('disable-pinch');
app.commandLine.appendSwitch('overscroll-history-navigation', '0');

// Not awaited: Electron is ready only after this module has been evaluated.
void app
  .whenReady()
  .then(() => (isCli ? runCli(entriesDir, process.argv.slice(cliAt + 1)) : runBooth(entriesDir)))
  .then((exitCode) => app.exit(exitCode));
