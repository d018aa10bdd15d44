/** electron-builder on the runtime that set-up chose, with electron-builder.yml. */
import { dirname, join } from 'node:path';
import { root } from '../setup/cache.mjs';
import { exec } from '../setup/exec.mjs';
import { runtime } from '../setup/runtime.mjs';

const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');

/**
 * @param {readonly string[]} args electron-builder's
 * @param {{ aloud: boolean }} options whether its output goes to the person, or is collected
 */
export async function runBuilder(args, options) {
  const { executable, version } = await runtime();
  const dist = process.platform === 'darwin' ? join(dirname(executable), '..', '..', '..') : dirname(executable);
  const chosen = [`-c.electronDist=${dist}`, `-c.electronVersion=${version}`];
  return exec(process.execPath, [cli, '--publish=never', ...chosen, ...args], { cwd: root, ...options });
}
