// Model packs as a person gets them: from a server that hangs up, sends something else or is not there, and from a folder.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installPack, listPacks, loadPack, loadWeights, type InstallSteps } from '../../main/packs/index.ts';
import { startFileServer, type FileServer } from '../fixtures/fileServer.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { readManifest } from '../fixtures/pack.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

// Nothing looks into the weights here.
const detect = randomBytes(300_000);
const embed = randomBytes(50_000);

let folder: string;
let modelsDir: string;
let dir: string;
let server: FileServer;
beforeEach(async () => {
  folder = await makeFolder();
  modelsDir = path.join(folder, 'models');
  dir = path.join(modelsDir, 'better');
  await mkdir(dir, { recursive: true });
  server = await startFileServer();
  server.files.set('/net/detect-v2.onnx', detect);
  server.files.set('/net/embed-v2.onnx', embed);
});
afterEach(async () => {
  await server.close();
  await removeFolder(folder);
});

const levels = [{ stride: 8, classes: 'cls', objects: 'obj', boxes: 'bbox', points: 'kps' }];

/** A pack that finds points itself, and that nobody has measured. */
async function writeManifest(changed: object = {}, known: { sha256?: boolean } = {}): Promise<void> {
  const manifest = readManifest();
  const file = (name: string, bytes: Buffer) => ({
    file: `${name}.onnx`,
    sha256: known.sha256 === false ? null : sha256(bytes),
    sizeBytes: known.sha256 === false ? null : bytes.length,
    from: `${server.url}/net/${name}-v2.onnx`,
  });
  const better = {
    ...manifest,
    id: 'better',
    source: { kind: 'files', url: 'https://example.org/better' },
    files: { detect: file('detect', detect), embed: file('embed', embed) },
    detector: { ...manifest.detector, family: 'yunet', levels },
    landmarks: undefined,
    decision: null,
    ...changed,
  };
  await writeFile(path.join(dir, 'manifest.json'), JSON.stringify(better));
}

const steps: InstallSteps = {
  accepts: () => expect.fail('nobody has to agree to anything'),
  onBytes: () => () => undefined,
  signal: new AbortController().signal,
};
const install = (from?: string, changed: Partial<InstallSteps> = {}) =>
  installPack(modelsDir, 'better', from, { ...steps, ...changed });

const codeOf = (result: Awaited<ReturnType<typeof install>>) => (result.ok ? undefined : result.fault.code);
const there = async () => (await readdir(dir)).filter((name) => name !== 'manifest.json').sort();

describe('from a server', () => {
  it('fetches, checks and puts in place', async () => {
    await writeManifest();
    const seen: [number, number | undefined][] = [];
    const installed = await install(undefined, { onBytes: () => (done, total) => seen.push([done, total]) });
    expect(installed).toEqual({ ok: true, value: { files: ['detect.onnx', 'embed.onnx'], trusted: [] } });
    expect(await readFile(path.join(dir, 'detect.onnx'))).toEqual(detect);
    expect(await there()).toEqual(['detect.onnx', 'embed.onnx', 'installed.json']);
    expect(seen).toContainEqual([detect.length, detect.length]);
    expect(await loadWeights(modelsDir, 'better')).toMatchObject({ ok: true });
  });

  it('has nothing to do the second time', async () => {
    await writeManifest();
    await install();
    server.asked.length = 0;
    expect(await install()).toEqual({ ok: true, value: { files: [], trusted: [] } });
    expect(server.asked).toEqual([]);
  });

  it('fetches again only what has been damaged', async () => {
    await writeManifest();
    await install();
    await writeFile(path.join(dir, 'embed.onnx'), 'something else');
    expect(await install()).toMatchObject({ ok: true, value: { files: ['embed.onnx'] } });
    expect(await readFile(path.join(dir, 'embed.onnx'))).toEqual(embed);
  });

  it('goes on where the connection broke off, as often as that happens', async () => {
    await writeManifest();
    server.breaksAfter = 100_000;
    expect(await install()).toMatchObject({ ok: true });
    expect(server.asked.filter(({ path: asked }) => asked.includes('detect')).map(({ range }) => range)).toEqual([
      undefined,
      'bytes=100000-',
      'bytes=200000-',
    ]);
    expect(await readFile(path.join(dir, 'detect.onnx'))).toEqual(detect);
  });

  it('goes on at the next run where this one had to give up', async () => {
    await writeManifest();
    server.breaksAfter = 100_000;
    const stop = new AbortController();
    const stopped = await install(undefined, {
      signal: stop.signal,
      onBytes: () => (done) => {
        if (done >= 100_000) setTimeout(() => stop.abort(), 5);
      },
    });
    expect(codeOf(stopped)).toBe('engine.stopping');
    const { size } = await stat(path.join(dir, 'detect.onnx.part'));
    expect(size).toBeGreaterThan(0);
    server.breaksAfter = undefined;
    server.asked.length = 0;
    expect(await install()).toMatchObject({ ok: true });
    expect(server.asked[0].range).toBe(`bytes=${String(size)}-`);
    expect(await readFile(path.join(dir, 'detect.onnx'))).toEqual(detect);
    expect(await there()).toEqual(['detect.onnx', 'embed.onnx', 'installed.json']);
  });

  it('begins anew where the file has become another meanwhile', async () => {
    await writeManifest({}, { sha256: false });
    await writeFile(path.join(dir, 'detect.onnx.part'), Buffer.alloc(1000));
    await writeFile(path.join(dir, 'detect.onnx.part.tag'), '"of an older version"');
    expect(await install()).toMatchObject({ ok: true });
    expect(await readFile(path.join(dir, 'detect.onnx'))).toEqual(detect);
  });

  it('fetches no file twice because another one failed', async () => {
    await writeManifest();
    server.files.delete('/net/embed-v2.onnx');
    expect(codeOf(await install())).toBe('models.download-failed');
    expect(await there()).toEqual(['detect.onnx.part']);
    server.files.set('/net/embed-v2.onnx', embed);
    server.asked.length = 0;
    expect(await install()).toMatchObject({ ok: true });
    expect(server.asked.map(({ path: asked }) => asked)).toEqual(['/net/embed-v2.onnx']);
  });

  it('puts nothing in place that is another file than the manifest names', async () => {
    await writeManifest();
    server.files.set('/net/embed-v2.onnx', randomBytes(embed.length));
    const refused = await install();
    expect(codeOf(refused)).toBe('models.mismatch');
    expect(await there()).toEqual(['detect.onnx.part']);
  });

  it('says so where there is no server', async () => {
    await writeManifest();
    await server.close();
    const failed = await install();
    expect(codeOf(failed)).toBe('models.download-failed');
    expect(failed.ok ? '' : failed.fault.detail).toContain('ECONNREFUSED');
  });
});

describe('without a published checksum', () => {
  it('trusts what comes first, says so, and nothing else afterwards', async () => {
    await writeManifest({}, { sha256: false });
    expect(await loadWeights(modelsDir, 'better')).toMatchObject({ ok: false, fault: { code: 'models.missing' } });
    expect(await install()).toMatchObject({ ok: true, value: { trusted: ['detect.onnx', 'embed.onnx'] } });
    expect(await loadWeights(modelsDir, 'better')).toMatchObject({ ok: true });
    const recorded = JSON.parse(await readFile(path.join(dir, 'installed.json'), 'utf8')) as { sha256: object };
    expect(recorded.sha256).toEqual({ 'detect.onnx': sha256(detect), 'embed.onnx': sha256(embed) });

    await writeFile(path.join(dir, 'embed.onnx'), randomBytes(embed.length));
    expect(await loadWeights(modelsDir, 'better')).toMatchObject({ ok: false, fault: { code: 'models.damaged' } });
  });
});

describe('from an archive', () => {
  const zip = (): Buffer => {
    const archive = new AdmZip();
    archive.addFile('better/detect-v2.onnx', detect);
    archive.addFile('better/more.onnx', Buffer.from('not wanted'));
    archive.addFile('embed-v2.onnx', embed);
    return archive.toBuffer();
  };
  const archived = async (bytes: Buffer, sum: string | null) => {
    await writeManifest({
      source: {
        kind: 'archive',
        archive: `${server.url}/better.zip`,
        sha256: sum,
        sizeBytes: null,
        url: 'https://example.org/better',
      },
      files: {
        detect: { file: 'detect.onnx', sha256: sha256(detect), sizeBytes: detect.length, from: 'detect-v2.onnx' },
        embed: { file: 'embed.onnx', sha256: null, sizeBytes: null, from: 'embed-v2.onnx' },
      },
    });
    server.files.set('/better.zip', bytes);
  };

  it('takes out the files that it needs', async () => {
    const bytes = zip();
    await archived(bytes, sha256(bytes));
    expect(await install()).toMatchObject({ ok: true, value: { trusted: ['embed.onnx'] } });
    expect(await there()).toEqual(['detect.onnx', 'embed.onnx', 'installed.json']);
    expect(await readFile(path.join(dir, 'embed.onnx'))).toEqual(embed);
  });

  it('takes one that lies in a folder, or the files that were taken out of it', async () => {
    const bytes = zip();
    await archived(bytes, sha256(bytes));
    const from = path.join(folder, 'usb');
    await mkdir(from);
    await writeFile(path.join(from, 'better.zip'), bytes);
    expect(await install(from)).toMatchObject({ ok: true });
    await rm(path.join(dir, 'embed.onnx'));
    await rm(path.join(from, 'better.zip'));
    await writeFile(path.join(from, 'embed-v2.onnx'), embed);
    expect(await install(from)).toMatchObject({ ok: true, value: { files: ['embed.onnx'] } });
    expect(server.asked).toEqual([]);
  });

  it.each([
    ['is no archive', () => Buffer.from('<html>')],
    ['lacks a file', () => new AdmZip().toBuffer()],
  ])('says so where what came %s', async (_, made) => {
    await archived(made(), null);
    expect(codeOf(await install())).toBe('models.mismatch');
    expect(await there()).toEqual([]);
  });
});

describe('from a folder', () => {
  it('takes the files by the names that they have at the source', async () => {
    await writeManifest();
    const from = path.join(folder, 'usb');
    await mkdir(from);
    await writeFile(path.join(from, 'detect-v2.onnx'), detect);
    expect(codeOf(await install(from))).toBe('models.not-in-folder');
    await writeFile(path.join(from, 'embed-v2.onnx'), embed);
    expect(await install(from)).toMatchObject({ ok: true, value: { files: ['detect.onnx', 'embed.onnx'] } });
    expect(server.asked).toEqual([]);
  });
});

describe('a pack that is not for commercial use', () => {
  it('is installed only by somebody who agrees', async () => {
    await writeManifest({ commercialUse: false, licence: 'research only' });
    expect(codeOf(await install(undefined, { accepts: () => Promise.resolve(false) }))).toBe(
      'models.licence-not-accepted',
    );
    expect(server.asked).toEqual([]);
    const licences: string[] = [];
    const accepts: InstallSteps['accepts'] = ({ licence }) => {
      licences.push(licence);
      return Promise.resolve(true);
    };
    expect(await install(undefined, { accepts })).toMatchObject({ ok: true });
    expect(licences).toEqual(['research only']);
    const recorded = JSON.parse(await readFile(path.join(dir, 'installed.json'), 'utf8')) as object;
    expect(recorded).toMatchObject({ acceptedLicence: 'research only' });
  });
});

describe('thresholds', () => {
  it('are wanted before anybody is compared, and are taken as they were measured here', async () => {
    await writeManifest();
    await install();
    expect(await loadPack(modelsDir, 'better')).toEqual({
      ok: false,
      fault: { code: 'models.uncalibrated', detail: 'better' },
    });
    const { decision } = readManifest();
    await writeFile(path.join(dir, 'calibration.json'), JSON.stringify(decision));
    expect(await loadPack(modelsDir, 'better')).toMatchObject({ ok: true, value: { decision } });
  });
});

it('lists every pack with its state', async () => {
  await writeManifest();
  await mkdir(path.join(modelsDir, 'build'));
  expect(await listPacks(modelsDir)).toMatchObject([
    { id: 'better', isInstalled: false, isEmpty: true, isCalibrated: false },
  ]);
  await install();
  expect(await listPacks(modelsDir)).toMatchObject([{ id: 'better', isInstalled: true, isEmpty: false, faults: [] }]);
});
