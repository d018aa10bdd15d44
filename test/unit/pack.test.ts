import { readdirSync, readFileSync } from 'node:fs';
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

describe('every manifest that the program brings along', () => {
  const ids = readdirSync(modelsDir).filter((name) => name !== 'build');
  const manifests = ids.map((id) =>
    manifestSchema.parse(JSON.parse(readFileSync(path.join(modelsDir, id, 'manifest.json'), 'utf8'))),
  );

  it('is understood, and lies in a folder of its name', () => {
    expect(manifests.map(({ id }) => id)).toEqual(ids);
    expect(ids).toEqual(expect.arrayContaining(['auraface', 'buffalo_l', 'buffalo_s', 'faceplugin', 'opencv-zoo']));
  });

  it('names weights that nobody can put others in the place of', () => {
    for (const { source, files } of manifests) {
      expect(Object.values(files).map((file) => file?.sha256)).not.toContain(null);
      if (source.kind === 'archive') expect(source.archive).toMatch(/^https:/);
      if (source.kind === 'files') for (const file of Object.values(files)) expect(file?.from).toMatch(/^https:/);
    }
  });

  it('says of no pack but the default one what its scores mean', () => {
    expect(manifests.filter(({ decision }) => decision !== null).map(({ id }) => id)).toEqual(['faceplugin']);
  });

  it('tells which weights are not for commercial use', () => {
    const restricted = manifests.filter(({ commercialUse }) => !commercialUse).map(({ id }) => id);
    expect(restricted).toEqual(['buffalo_l', 'buffalo_s']);
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

  it('wants a face’s points from somewhere', () => {
    const files = { ...manifest.files, landmark: undefined };
    expect(accepts({ files, landmarks: undefined })).toBe(false);
    const levels = [{ stride: 8, classes: 'cls', objects: 'obj', boxes: 'bbox', points: 'kps' }];
    const detector = { ...manifest.detector, family: 'yunet', levels };
    expect(accepts({ files, landmarks: undefined, detector })).toBe(true);
    expect(accepts({ landmarks: undefined, detector })).toBe(false);
    const pointless = {
      ...detector,
      family: 'scrfd',
      anchorsPerCell: 2,
      levels: [{ stride: 8, scores: 's', boxes: 'b' }],
    };
    expect(accepts({ files, landmarks: undefined, detector: pointless })).toBe(false);
    expect(accepts({ detector: pointless })).toBe(true);
  });

  it('wants a picture to fit an input of one size', () => {
    const fixed = (fixedSidePx: number) =>
      accepts({ detector: { ...manifest.detector, fixedSidePx, longSidePx: 640 } });
    expect(fixed(640)).toBe(true);
    expect(fixed(320)).toBe(false);
  });

  it('wants an address for each file of a source that has no archive', () => {
    const source = { kind: 'files', url: 'https://example.org/' };
    expect(accepts({ source })).toBe(false);
    const files = Object.fromEntries(
      Object.entries(manifest.files).map(([role, file]) => [role, { ...file, from: `https://example.org/${role}` }]),
    );
    expect(accepts({ source, files })).toBe(true);
  });

  it('tells one version of a pack from another', () => {
    expect(packKey(manifest)).toBe(`${manifest.id}@${manifest.version}`);
    expect(packKey({ ...manifest, version: 'other' })).not.toBe(packKey(manifest));
  });
});
