import path from 'node:path';
import { utilityProcess } from 'electron';
import type { HostMessage } from '../processes/index.ts';
import { hostCore } from './hostCore.ts';

/** Runs the cli as a utility process, as core runs in the booth, with its workers beside it. @returns its exit code */
export async function runCli(entriesDir: string, args: readonly string[]): Promise<number> {
  const cli = utilityProcess.fork(path.join(entriesDir, 'cli.js'), [...args], {
    stdio: 'inherit',
    serviceName: 'findme cli',
  });
  hostCore(cli, { entriesDir, onQuit: () => undefined });
  const stop = () => cli.postMessage({ type: 'host:stop' } satisfies HostMessage);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return new Promise((resolve) => cli.once('exit', resolve));
}
