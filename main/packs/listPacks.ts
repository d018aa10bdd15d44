import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Fault, type Result } from '../../preload/index.ts';
import { decisionOf, faultOf, readManifest } from './loadPack.ts';
import { filesOf, type Manifest } from './manifest.ts';
import { readInstalled } from './records.ts';

/** A pack as it lies there. */
export interface ListedPack {
  /** The folder's name, by which settings and commands know it. */
  id: string;
  manifest: Manifest;
  /** One for each file that is missing or not what it should be. */
  faults: Fault[];
  isInstalled: boolean;
  /** None of its files is there. */
  isEmpty: boolean;
  isCalibrated: boolean;
}

/** Every pack that has a manifest, whole or not, by name. Hashes all their files. */
export async function listPacks(modelsDir: string): Promise<ListedPack[]> {
  const folders = await readdir(modelsDir).catch(() => []);
  const listed: ListedPack[] = [];
  for (const id of folders.sort()) {
    const pack = await lookAtPack(modelsDir, id);
    if (pack.ok) listed.push(pack.value);
  }
  return listed;
}

/** @returns models.unknown where there is no manifest, models.invalid where there is none that can be understood */
export async function lookAtPack(modelsDir: string, id: string): Promise<Result<ListedPack>> {
  const dir = path.join(modelsDir, id);
  const read = await readManifest(dir);
  if (!read.ok) return read.fault.code === 'models.missing' ? fail('models.unknown', id) : read;
  const manifest = read.value;
  const installed = await readInstalled(dir);
  const faults: Fault[] = [];
  for (const file of filesOf(manifest)) {
    const fault = await faultOf(dir, file, installed);
    if (fault !== undefined) faults.push(fault);
  }
  return ok({
    id,
    manifest,
    faults,
    isInstalled: faults.length === 0,
    isEmpty: faults.filter(({ code }) => code === 'models.missing').length === filesOf(manifest).length,
    isCalibrated: (await decisionOf({ manifest, dir })) !== undefined,
  });
}
