import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fail, ok, type Result } from '../../preload/index.ts';
import { manifestSchema, type Manifest } from './manifest.ts';

export interface Pack {
  manifest: Manifest;
  /** The folder that holds the manifest and its files. */
  dir: string;
}

/**
 * Reads a pack's manifest and checks that each file is, byte for byte, the one it names.
 *
 * @param modelsDir the folder of packs
 * @param id the pack's folder name
 * @returns the pack, or models.missing, models.damaged (detail: the file), models.invalid (detail: what is wrong)
 */
export async function loadPack(modelsDir: string, id: string): Promise<Result<Pack>> {
  const dir = path.join(modelsDir, id);
  const manifest = await readManifest(dir);
  if (!manifest.ok) return manifest;

  for (const { file, sha256, sizeBytes } of Object.values(manifest.value.files)) {
    const filePath = path.join(dir, file);
    const found = await stat(filePath).catch(() => undefined);
    if (found === undefined) return fail('models.missing', filePath);
    if (found.size !== sizeBytes || (await sha256Of(filePath)) !== sha256) return fail('models.damaged', filePath);
  }
  return ok({ manifest: manifest.value, dir });
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

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
