// Electron's main process: starts every child and holds what only it may. It must never be busy.
import path from 'node:path';
import { app } from 'electron';
import { runCli } from './runCli.ts';

const entriesDir = import.meta.dirname;
const cliAt = process.argv.indexOf('--cli');

// Nothing is drawn here, and a machine that only runs the cli need not have a graphics card.
app.disableHardwareAcceleration();
await app.whenReady();

if (cliAt === -1) {
  process.stderr.write(
    `Usage: ${path.basename(process.execPath)} --cli COMMAND [OPTION ...]; --cli --help lists the commands\n`,
  );
  app.exit(1);
} else {
  app.exit(await runCli(entriesDir, process.argv.slice(cliAt + 1)));
}
