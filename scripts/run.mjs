/**
 * Starts things on the runtime that set-up chose: a script on the Node.js inside it, or the app itself.
 *
 * The child shares our terminal and our process group. A Ctrl-C typed there reaches it without our doing, and ours is only to wait
 * for it; a signal that somebody sends to us alone is passed on.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { undefinedIfMissing } from './setup/cache.mjs';
import { exec } from './setup/exec.mjs';
import { describe, runtime } from './setup/runtime.mjs';
import { SetupError } from './setup/setupError.mjs';

export { describe, runtime };

/** Where the person stands who typed the command: npm runs scripts in the root of the package and remembers the rest. */
export const callersFolder = process.env.INIT_CWD ?? process.cwd();

/**
 * Runs a script under the runtime's Node.js, so that it loads the same native modules as the app.
 * @param {readonly string[]} args Node's options, the script, its arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code
 */
export async function runNode(args, { cwd = callersFolder, env = {} } = {}) {
  const { executable } = await runtime();
  return run(executable, args, { cwd, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ...env } });
}

/**
 * Runs the app: on the person's display, or on a virtual one where there is none.
 * @param {readonly string[]} args the app's folder, its arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code
 */
export async function runElectron(args, { cwd = callersFolder, env = {} } = {}) {
  const { executable } = await runtime();
  const all = (await canSandbox(executable)) ? args : ['--no-sandbox', ...args];
  const inherited = { ...process.env };
  delete inherited.ELECTRON_RUN_AS_NODE;
  const isHeadless = process.platform === 'linux' && !inherited.DISPLAY && !inherited.WAYLAND_DISPLAY;
  if (!isHeadless) return run(executable, all, { cwd, env: { ...inherited, ...env } });

  const display = await virtualDisplay();
  try {
    return await run(executable, all, { cwd, env: { ...inherited, DISPLAY: display.name, ...env } });
  } finally {
    display.close();
  }
}

/**
 * Whether Chromium can put its children into a sandbox here; where it cannot, it refuses to start. It never does for root; for others
 * it needs user namespaces, which some distributions and most containers deny, or its helper installed setuid root.
 * @param {string} executable
 */
async function canSandbox(executable) {
  if (process.platform !== 'linux') return true;
  if (process.getuid?.() === 0) return false;
  const helper = await stat(join(dirname(executable), 'chrome-sandbox')).catch(undefinedIfMissing);
  if (helper?.uid === 0 && (helper.mode & 0o4000) !== 0) return true;
  const trial = await exec('unshare', ['--user', '--map-root-user', 'true']).catch(undefinedIfMissing);
  if (trial === undefined || trial.code === 0) return true;
  process.stderr.write('This system denies user namespaces: the app runs without Chromium’s sandbox.\n');
  return false;
}

/**
 * An X server of our own. Not xvfb-run: it looks for a free display by trying, which two at once do wrongly, and as a shell script
 * around the app it keeps signals from it. The server picks its number itself (-displayfd) and serves only this user.
 * @returns {Promise<{ name: string, close(): void }>}
 */
async function virtualDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // Ctrl-C is for the app; the server goes when the app has gone.
    detached: true,
  });
  const close = () => void server.kill();
  process.once('exit', close);
  const name = await new Promise((resolve, reject) => {
    let written = '';
    server.once('error', reject);
    server.once('exit', (code) =>
      reject(new SetupError(`The virtual display Xvfb does not start (exit code ${code}).`, 'npm run setup')),
    );
    server.stdio[3]?.on('data', (bytes) => {
      written += bytes;
      if (written.endsWith('\n')) resolve(`:${written.trim()}`);
    });
  });
  return { name, close };
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const arrivesByItself = hasTerminal();
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal !== 'SIGINT' || !arrivesByItself) child.kill(signal);
    };
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    const settle = () => {
      for (const signal of signals) process.off(signal, pass);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      settle();
      // As a shell reports it.
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** Whether a terminal controls us, and so sends Ctrl-C to all of our process group. */
function hasTerminal() {
  if (process.platform === 'win32') return true;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false; // ENXIO: none
  }
}
