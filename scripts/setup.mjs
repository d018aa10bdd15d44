/**
 * Makes a fresh clone ready to run: `npm run setup`, and first of all in test, demo, cli and bench. What is in place already is left
 * alone, so that the second time costs a fraction of a second.
 *
 *   --retry-official   try Electron's own download again, although it was out of reach lately
 *   --skip=<step,...>  leave steps out: os, packages, runtime, native, models, build
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './setup/build.mjs';
import { sweepWorkshops } from './setup/cache.mjs';
import { entry } from './setup/entry.mjs';
import { interruptible } from './setup/exec.mjs';
import { withLock } from './setup/lock.mjs';
import { models } from './setup/models.mjs';
import { native } from './setup/native.mjs';
import { os } from './setup/os.mjs';
import { packages } from './setup/packages.mjs';
import { describe, runtime, runtimeStep } from './setup/runtime.mjs';
import { say } from './setup/say.mjs';
import { SetupError } from './setup/setupError.mjs';

/**
 * A step knows by itself whether it has anything to do; each relies on those before it.
 * @typedef {{ name: string, isDone(): Promise<boolean>, run(): Promise<void> }} Step
 */

/**
 * @param {object} [options]
 * @param {boolean} [options.retryOfficial]
 * @param {readonly string[]} [options.skip] names of steps
 */
export async function setUp({ retryOfficial = false, skip = [] } = {}) {
  needNode();
  const all = [os, packages, runtimeStep({ retryOfficial }), native, models, build];
  const steps = all.filter(({ name }) => !skip.includes(name));
  if (await isAllDone(steps)) return;

  const catchUp = async () => {
    await sweepWorkshops();
    // Asked again: whoever held the lock before us may have done it.
    for (const step of steps) if (!(await step.isDone())) await step.run();
  };
  await interruptible(() => withLock(catchUp));
}

/** @param {readonly Step[]} steps */
async function isAllDone(steps) {
  return (await Promise.all(steps.map((step) => step.isDone()))).every(Boolean);
}

/** `engines` in package.json says the same, but npm only warns. */
function needNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(
    `Node.js ${process.versions.node} is too old for this project's tools.`,
    'install Node.js 20.19 or newer, then npm run setup',
  );
}

/** As a command: what is asked for on the command line, and a last word. */
async function command() {
  const { values } = parseArgs({ options: { 'retry-official': { type: 'boolean' }, skip: { type: 'string' } } });
  await setUp({ retryOfficial: values['retry-official'] ?? false, skip: values.skip?.split(',') ?? [] });
  say(`ready, on ${describe(await runtime())}`);
  return 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await entry(command);
