import { access, copyFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { faultOf, readManifest } from '../loadPack.ts';
import { filesOf, type Manifest, type ModelFile } from '../manifest.ts';
import { readInstalled, writeInstalled, type Installed } from '../records.ts';
import { sha256Of } from '../sha256.ts';
import { checked, type Expected } from './checked.ts';
import { diskFault } from './diskFault.ts';
import { fetchFile, type OnBytes } from './fetchFile.ts';
import { unzip } from './unzip.ts';

/** What whoever installs a pack is asked, and shown. */
export interface InstallSteps {
  /** Whether the terms of a pack that is not for commercial use are agreed to. */
  readonly accepts: (manifest: Manifest) => Promise<boolean>;
  readonly onBytes: (name: string) => OnBytes;
  signal: AbortSignal;
}

/** Files of the pack that there is no published checksum of: what came is trusted. */
interface Installation {
  files: string[];
  trusted: string[];
}

/**
 * Puts a pack's files where its manifest lies. Those that are there already stay.
 *
 * @param from a folder to take them from, by the names that they have at the source, or the whole archive; undefined to fetch them
 * @returns models.unknown, models.invalid, models.by-setup, models.licence-not-accepted, models.not-in-folder, models.download-failed, models.mismatch,
 *   models.not-writable, engine.stopping
 */
export async function installPack(...args: Parameters<typeof install>): Promise<Result<Installation>> {
  try {
    return await install(...args);
  } catch (error) {
    const fault = diskFault(error);
    if (fault === undefined) throw error;
    return { ok: false, fault };
  }
}

async function install(
  modelsDir: string,
  id: string,
  from: string | undefined,
  steps: InstallSteps,
): Promise<Result<Installation>> {
  const dir = path.join(modelsDir, id);
  const read = await readManifest(dir);
  if (!read.ok) return read.fault.code === 'models.missing' ? fail('models.unknown', id) : read;
  const manifest = read.value;
  if (manifest.source.kind === 'npm') return fail('models.by-setup', id);

  const before = await readInstalled(dir);
  const missing: ModelFile[] = [];
  for (const file of filesOf(manifest)) {
    if ((await faultOf(dir, file, before)) !== undefined) missing.push(file);
  }
  if (missing.length === 0) return ok({ files: [], trusted: [] });
  if (!manifest.commercialUse && !(await steps.accepts(manifest))) return fail('models.licence-not-accepted', id);

  const gathered = await gather(manifest, missing, dir, from, steps);
  if (!gathered.ok) return gathered;
  const installed: Installed = {
    at: new Date().toISOString(),
    ...(manifest.commercialUse ? {} : { acceptedLicence: manifest.licence }),
    sha256: { ...before?.sha256, ...gathered.value },
  };
  const recorded = await writeInstalled(dir, installed);
  if (!recorded.ok) return recorded;
  for (const { file } of missing) await rename(partOf(dir, file), path.join(dir, file));
  return ok({
    files: missing.map(({ file }) => file),
    trusted: missing.filter(({ sha256 }) => sha256 === null).map(({ file }) => file),
  });
}

const partOf = (dir: string, file: string): string => path.join(dir, `${file}.part`);

/** Brings all that is missing into the pack's folder, each beside its place and checked. @returns their checksums */
async function gather(
  { source }: Manifest,
  missing: readonly ModelFile[],
  dir: string,
  from: string | undefined,
  steps: InstallSteps,
): Promise<Result<Installed['sha256']>> {
  if (source.kind === 'archive') {
    const name = path.posix.basename(new URL(source.archive).pathname);
    const hasArchive = from === undefined || (await isThere(path.join(from, name)));
    if (hasArchive) {
      const archive = partOf(dir, name);
      const brought = await bring({ name, url: source.archive, part: archive, from, steps, expected: source });
      if (!brought.ok) return brought;
      const unpacked = await unpack(archive, missing, dir);
      if (!unpacked.ok) return unpacked;
      return checkAll(missing, dir);
    }
  }
  const sums: Installed['sha256'] = {};
  for (const file of missing) {
    const name = path.posix.basename(file.from);
    const brought = await bring({ name, url: file.from, part: partOf(dir, file.file), from, steps, expected: file });
    if (!brought.ok) return brought;
    sums[file.file] = brought.value;
  }
  return ok(sums);
}

async function bring({
  name,
  url,
  part,
  from,
  steps: { onBytes, signal },
  expected,
}: {
  name: string;
  url: string;
  part: string;
  from: string | undefined;
  steps: InstallSteps;
  expected: Expected;
}): Promise<Result<string>> {
  // Whole already: another file of the pack was the one that broke off.
  if (expected.sha256 !== null && (await isThere(part)) && (await sha256Of(part)) === expected.sha256) {
    return ok(expected.sha256);
  }
  const brought =
    from === undefined
      ? await fetchFile({ url, part, onBytes: onBytes(name), signal })
      : await copied(path.join(from, name), part);
  return brought.ok ? checked(part, name, expected) : brought;
}

async function copied(file: string, part: string): Promise<Result<void>> {
  if (!(await isThere(file))) return fail('models.not-in-folder', file);
  await copyFile(file, part);
  return ok(undefined);
}

/** The archive goes once its files are out. */
async function unpack(archive: string, missing: readonly ModelFile[], dir: string): Promise<Result<void>> {
  const wanted = new Map(missing.map(({ file, from }) => [path.posix.basename(from), partOf(dir, file)]));
  try {
    const lacking = await unzip(archive, wanted);
    return lacking === undefined ? ok(undefined) : fail('models.mismatch', `${path.basename(archive)}: ${lacking}`);
  } catch (error) {
    if (diskFault(error) !== undefined) throw error;
    return fail('models.mismatch', error instanceof Error ? error.message : archive);
  } finally {
    await rm(archive, { force: true });
  }
}

async function checkAll(files: readonly ModelFile[], dir: string): Promise<Result<Installed['sha256']>> {
  const sums: Installed['sha256'] = {};
  for (const file of files) {
    const sum = await checked(partOf(dir, file.file), file.file, file);
    if (!sum.ok) return sum;
    sums[file.file] = sum.value;
  }
  return ok(sums);
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
