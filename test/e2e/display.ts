import { spawn } from 'node:child_process';

/** A screen that nobody looks at. */
export interface Display {
  /** For the environment of whoever is to be seen on it. */
  readonly env: Record<string, string>;
  close(): Promise<void>;
}

const sidePx = 2000;

/** An X server of our own on Linux, large enough for both ways to hang a screen; elsewhere the person's own. */
export async function openDisplay(): Promise<Display> {
  if (process.platform !== 'linux') return { env: {}, close: () => Promise.resolve() };
  // The server picks its number by itself and tells it (-displayfd), so that two at once do not meet.
  const size = `${String(sidePx)}x${String(sidePx)}x24`;
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // Ctrl-C is for the app; the server goes when the app has gone.
    detached: true,
  });
  const hasEnded = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const kill = () => server.kill();
  process.once('exit', kill);
  const number = await new Promise<string>((resolve, reject) => {
    let written = '';
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb does not start (exit code ${String(code)})`)));
    server.stdio[3]?.on('data', (bytes: Buffer) => {
      written += bytes.toString();
      if (written.endsWith('\n')) resolve(written.trim());
    });
  });
  return {
    env: { DISPLAY: `:${number}` },
    close: () => {
      process.off('exit', kill);
      server.kill();
      return hasEnded;
    },
  };
}
