import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Fault, type Result } from '../../preload/index.ts';
import { filesOf, manifestSchema, type DecisionRule, type Manifest, type ModelFile } from './manifest.ts';
import { readCalibration, readInstalled, type Installed } from './records.ts';
import { sha256Of } from './sha256.ts';

/** A pack whose files are the ones that it names. */
export interface Weights {
  manifest: Manifest;
  /** The folder that holds the manifest and its files. */
  dir: string;
}

/** One that can decide who somebody is. */
export interface Pack extends Weights {
  decision: DecisionRule;
}

/**
 * Reads a pack's manifest, checks that each file is, byte for byte, the one it names, and takes up what was measured of its scores.
 *
 * @param modelsDir the folder of packs
 * @param id the pack's folder name
 * @returns the pack, or models.missing, models.damaged (detail: the file), models.invalid (detail: what is wrong), models.uncalibrated
 */
export async function loadPack(modelsDir: string, id: string): Promise<Result<Pack>> {
  const weights = await loadWeights(modelsDir, id);
  if (!weights.ok) return weights;
  const decision = await decisionOf(weights.value);
  return decision === undefined ? fail('models.uncalibrated', id) : ok({ ...weights.value, decision });
}

/** The same for a pack whose scores need not have been measured yet. */
export async function loadWeights(modelsDir: string, id: string): Promise<Result<Weights>> {
  const dir = path.join(modelsDir, id);
  const manifest = await readManifest(dir);
  if (!manifest.ok) return manifest;

  const installed = await readInstalled(dir);
  for (const file of filesOf(manifest.value)) {
    const fault = await faultOf(dir, file, installed);
    if (fault !== undefined) return { ok: false, fault };
  }
  return ok({ manifest: manifest.value, dir });
}

/** What a pack's scores mean: as measured here, or else as its manifest has it. */
export const decisionOf = async ({ manifest, dir }: Weights): Promise<DecisionRule | undefined> =>
  (await readCalibration(dir)) ?? manifest.decision ?? undefined;

/** What is wrong with one file of a pack. @param installed tells what it has to be where the manifest does not */
export async function faultOf(
  dir: string,
  { file, sha256, sizeBytes }: ModelFile,
  installed: Installed | undefined,
): Promise<Fault | undefined> {
  const filePath = path.join(dir, file);
  const found = await stat(filePath).catch(() => undefined);
  const wanted = sha256 ?? installed?.sha256[file];
  if (found === undefined || wanted === undefined) return { code: 'models.missing', detail: filePath };
  const isWhole = found.size === (sizeBytes ?? found.size) && (await sha256Of(filePath)) === wanted;
  return isWhole ? undefined : { code: 'models.damaged', detail: filePath };
}

/** What the pack in this folder says of itself. @returns models.missing, models.invalid (detail: what is wrong) */
export async function readManifest(dir: string): Promise<Result<Manifest>> {
  const file = path.join(dir, 'manifest.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return fail('models.missing', file);
  const manifest = manifestSchema.safeParse(parseJson(text));
  return manifest.success
    ? ok(manifest.data)
    : fail('models.invalid', `${file}: ${manifest.error.issues[0]?.message ?? ''}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
