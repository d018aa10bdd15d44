/**
 * node_modules as package-lock.json wants it. A note holds the lock file's hash, so that the usual check reads one file; a tree that
 * somebody installed by hand and that matches is taken as it is.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, readNote, root, writeNote } from './cache.mjs';
import { lastLines } from './exec.mjs';
import { npm, npmReason } from './npm.mjs';
import { say, task } from './say.mjs';
import { SetupError } from './setupError.mjs';

const NOTE = 'packages';

export async function lockHash() {
  return createHash('sha256')
    .update(await readFile(join(root, 'package-lock.json')))
    .digest('hex');
}

export const packages = {
  name: 'packages',
  async isDone() {
    const [note, hash] = await Promise.all([readNote(NOTE), lockHash()]);
    return note?.lock === hash;
  },
  async run() {
    if (!(await matchesLock())) await task('installing the npm packages of package-lock.json', installAll);
    await writeNote(NOTE, { lock: await lockHash() });
  },
};

async function installAll() {
  // Scripts stay off, whatever the person's own configuration says: none is needed, and onnxruntime-node's fetches a CUDA build.
  const outcome = await npm(
    ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund'],
    {
      cwd: root,
      env: { ONNXRUNTIME_NODE_INSTALL: 'skip' },
    },
  );
  if (outcome.code === 0) return;
  const reason = npmReason(outcome);
  if (reason === 'EUSAGE') {
    const differences = outcome.stderr.split('\n').filter((line) => /(Missing|Invalid):/.test(line));
    say(differences.slice(0, 5).join('\n'));
    throw new SetupError(
      'package.json and package-lock.json do not say the same.',
      'npm install --package-lock-only && npm run setup',
    );
  }
  if (/^E(CONN|NOTFOUND|AI_|TIMEDOUT|HOST|NET)/.test(reason)) {
    throw new SetupError(
      `npm could not install the packages: its registry is out of reach (${reason}).`,
      'npm ping && npm run setup',
    );
  }
  say(lastLines(outcome));
  throw new SetupError(`npm could not install the packages (${reason}).`, 'npm run setup');
}

/**
 * Whether what npm last installed is what the lock file asks for. npm writes node_modules/.package-lock.json when it has finished,
 * and leaves out optional packages that are for other systems.
 */
async function matchesLock() {
  const [wanted, found] = await Promise.all(
    ['package-lock.json', 'node_modules/.package-lock.json'].map((file) => readJson(join(root, file))),
  );
  if (found?.packages === undefined) return false;
  return Object.entries(wanted.packages).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return found.packages[path] === undefined ? optional === true : found.packages[path].version === version;
  });
}
