import path from 'node:path';
import { app, utilityProcess } from 'electron';
import type { HostMessage } from '../processes/index.ts';
import { hostCore } from './hostCore.ts';
import { createPrintDesk } from './print/index.ts';

/** Runs the cli as a utility process, as core runs in the booth, with its workers beside it. @returns its exit code */
export async function runCli(entriesDir: string, args: readonly string[]): Promise<number> {
  const cli = utilityProcess.fork(path.join(entriesDir, 'cli.js'), [...args], {
    stdio: 'inherit',
    serviceName: 'findme cli',
  });
  hostCore(cli, { entriesDir, printDesk: createPrintDesk(), onQuit: () => undefined });
  // Electron would quit with the window that a page is printed from.
  app.on('window-all-closed', () => undefined);
  const stop = () => cli.postMessage({ type: 'host:stop' } satisfies HostMessage);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return new Promise((resolve) => cli.once('exit', resolve));
}
