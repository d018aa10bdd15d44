import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPack, manifestSchema, packKey } from '../../main/packs/index.ts';
import { modelsDir, packDir, readManifest } from '../fixtures/pack.ts';

describe('loadPack', () => {
  let folder: string;
  let copy: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'findme-pack-'));
    copy = path.join(folder, 'copied');
    await cp(packDir, copy, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('takes the pack that the program brings along', async () => {
    const manifest = readManifest();
    const pack = await loadPack(modelsDir, 'faceplugin');
    expect(pack).toEqual({ ok: true, value: { manifest, dir: packDir, decision: manifest.decision } });
  });

  it('misses a pack that is not there, and says where it looked', async () => {
    const pack = await loadPack(folder, 'nothing');
    expect(pack).toMatchObject({ ok: false, fault: { code: 'models.missing' } });
    expect(pack.ok ? '' : pack.fault.detail).toContain(path.join(folder, 'nothing'));
  });

  it('misses a file that the manifest names', async () => {
    const file = path.join(copy, 'embed.onnx');
    await rm(file);
    expect(await loadPack(folder, 'copied')).toEqual({ ok: false, fault: { code: 'models.missing', detail: file } });
  });

  it('sees a single changed byte', async () => {
    const file = path.join(copy, 'landmark.onnx');
    const bytes = await readFile(file);
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(file, bytes);
    expect(await loadPack(folder, 'copied')).toEqual({ ok: false, fault: { code: 'models.damaged', detail: file } });
  });

  it('sees a file that broke off', async () => {
    const file = path.join(copy, 'detect.onnx');
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, -1));
    expect(await loadPack(folder, 'copied')).toEqual({ ok: false, fault: { code: 'models.damaged', detail: file } });
  });

  it.each([
    ['no JSON', '{'],
    ['something else', '{"id":"copied"}'],
  ])('refuses a manifest that is %s', async (_, text) => {
    const file = path.join(copy, 'manifest.json');
    await writeFile(file, text);
    const pack = await loadPack(folder, 'copied');
    expect(pack).toMatchObject({ ok: false, fault: { code: 'models.invalid' } });
    expect(pack.ok ? '' : pack.fault.detail).toContain(file);
  });
});

describe('manifestSchema', () => {
  const manifest = readManifest();
  const accepts = (changed: object) => manifestSchema.safeParse({ ...manifest, ...changed }).success;

  it('takes the manifest as it is', () => {
    expect(accepts({})).toBe(true);
  });

  it('wants maybe at or below sure', () => {
    const withLeast = (least: object) => accepts({ decision: { ...manifest.decision, least } });
    expect(withLeast({ sure: 0.5, maybe: 0.5 })).toBe(true);
    expect(withLeast({ sure: 0.5, maybe: 0.51 })).toBe(false);
    expect(withLeast({ sure: 1.5, maybe: 0.5 })).toBe(false);
  });

  it('wants false matches to become fewer as scores rise', () => {
    const withPairs = (falseMatches: number[][]) => accepts({ decision: { ...manifest.decision, falseMatches } });
    expect(
      withPairs([
        [0.3, 0.01],
        [0.4, 0.001],
      ]),
    ).toBe(true);
    expect(
      withPairs([
        [0.3, 0.01],
        [0.4, 0.01],
      ]),
    ).toBe(false);
    expect(
      withPairs([
        [0.4, 0.01],
        [0.3, 0.001],
      ]),
    ).toBe(false);
    expect(withPairs([[0.4, 0.01]])).toBe(false);
  });

  it('lets no file lie outside the pack', () => {
    const withFile = (file: string) => ({
      files: { ...manifest.files, detect: { ...manifest.files.detect, file } },
    });
    expect(accepts(withFile('other.onnx'))).toBe(true);
    expect(accepts(withFile('../other.onnx'))).toBe(false);
    expect(accepts(withFile('folder/other.onnx'))).toBe(false);
    expect(accepts(withFile('C:other.onnx'))).toBe(false);
    expect(accepts(withFile('..'))).toBe(false);
  });

  it('wants every network, and a checksum for each', () => {
    expect(accepts({ files: { ...manifest.files, embed: undefined } })).toBe(false);
    expect(accepts({ files: { ...manifest.files, pose: { file: 'pose.onnx' } } })).toBe(false);
    expect(accepts({ files: { ...manifest.files, detect: { ...manifest.files.detect, sha256: 'abc' } } })).toBe(false);
  });

  it('tells one version of a pack from another', () => {
    expect(packKey(manifest)).toBe(`${manifest.id}@${manifest.version}`);
    expect(packKey({ ...manifest, version: 'other' })).not.toBe(packKey(manifest));
  });
});
