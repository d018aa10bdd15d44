/**
 * Starts other programs for the set-up: output collected rather than printed, a limit in time where one makes sense, and nothing
 * left running when the set-up is interrupted.
 */
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

const KEPT_OUTPUT_CHARS = 200_000;

/** Thrown by whatever the set-up was waiting for when somebody interrupted it. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`interrupted by ${signal}`);
    this.signal = signal;
  }
}

/** @type {Interrupted | undefined} */
let interruption;

export function throwIfInterrupted() {
  if (interruption !== undefined) throw interruption;
}

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null, stdout: string, stderr: string, stopped: boolean }} Outcome */

/** @type {Map<import('node:child_process').ChildProcess, { gentle: boolean }>} */
const running = new Map();

/**
 * Runs a program to its end. Each is the head of a process group of its own, so that a compiler's or npm's children end with it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env] added to this process's own
 * @param {AbortSignal} [options.stop] ends the program when it fires; the outcome says `stopped`
 * @param {boolean} [options.gentle] for programs that must clean up by themselves, as a package manager: signal only the program
 * @param {boolean} [options.aloud] its output goes to our stderr as it comes, and is not collected
 * @param {boolean} [options.shell]
 * @returns {Promise<Outcome>} rejects with code ENOENT when there is no such program
 */
export async function exec(command, args, { cwd, env, stop, gentle = false, aloud = false, shell = false } = {}) {
  throwIfInterrupted();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, PATH: pathWithThisNode(), ...env },
      stdio: aloud ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      shell,
    });
    running.set(child, { gentle });
    const output = { stdout: '', stderr: '' };
    for (const stream of /** @type {const} */ (['stdout', 'stderr'])) {
      child[stream]?.setEncoding('utf8');
      child[stream]?.on('data', (text) => (output[stream] = (output[stream] + text).slice(-KEPT_OUTPUT_CHARS)));
    }
    const end = () => signalChild(child, 'SIGTERM', gentle);
    stop?.addEventListener('abort', end, { once: true });

    const settle = () => {
      running.delete(child);
      stop?.removeEventListener('abort', end);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, signal) => {
      settle();
      if (interruption !== undefined) reject(interruption);
      else resolve({ code, signal, ...output, stopped: stop?.aborted ?? false });
    });
  });
}

/**
 * While `work` runs, Ctrl-C ends the programs it has started, lets it clear up behind it, and makes it fail with `Interrupted`.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function interruptible(work) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const interrupt = (/** @type {NodeJS.Signals} */ signal) => {
    interruption ??= new Interrupted(signal);
    endAll();
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const result = await work();
    throwIfInterrupted();
    return result;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/** apt and the like are asked and finish what they began; whoever else ignores the request is killed. */
function endAll() {
  for (const [child, { gentle }] of running) {
    signalChild(child, 'SIGTERM', gentle);
    if (!gentle) setTimeout(() => signalChild(child, 'SIGKILL', false), 3000).unref();
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 * @param {boolean} gentle
 */
function signalChild(child, signal, gentle) {
  if (child.pid === undefined) return;
  try {
    if (gentle || process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** npm and node-gyp call `node` by name: it has to be the one that runs us, whatever PATH says. */
function pathWithThisNode() {
  return `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
}

/**
 * The last lines of a failed program's output, for the person who wants to know more than our sentence says.
 * @param {Outcome} outcome
 */
export function lastLines({ stdout, stderr }, count = 15) {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-count).join('\n');
}
