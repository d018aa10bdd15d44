// Electron's main process: starts every child and holds what only it may. It must never be busy.
import path from 'node:path';
import { app } from 'electron';
import { runCli } from './runCli.ts';

const entriesDir = import.meta.dirname;
const cliAt = process.argv.indexOf('--cli');

// Nothing is drawn here, and a machine that only runs the cli need not have a graphics card.
app.disableHardwareAcceleration();

async function run(): Promise<number> {
  if (cliAt !== -1) return runCli(entriesDir, process.argv.slice(cliAt + 1));
  const name = path.basename(process.execPath);
  process.stderr.write(`Usage: ${name} --cli COMMAND [OPTION ...]; --cli --help lists the commands\n`);
  return 1;
}

// Not awaited: Electron is ready only after this module has been evaluated.
void app
  .whenReady()
  .then(run)
  .then((exitCode) => app.exit(exitCode));
