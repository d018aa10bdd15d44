// The app as it is handed out: packed, copied to where nothing of this tree is in reach, looked into and started. On Linux; what is
// configured for other systems has never been made (docs/packaging.md).
import { execFile } from 'node:child_process';
import { copyFile, cp } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { listPackage, statFile } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadPack } from '../../main/packs/index.ts';
import { guestsPhoto } from '../fixtures/cameraFile.ts';
import { filesIn, makeFolder, removeFolder } from '../fixtures/folders.ts';
import { repoRoot, templatesDir } from '../fixtures/pack.ts';
import { createGuest } from './guest.ts';
import { openPrinter } from './printer.ts';
import { setStage } from './stage.ts';

const run = promisify(execFile);
const packingLimitMs = 300_000;
const journeyLimitMs = 120_000;

describe.runIf(process.platform === 'linux')('the package', () => {
  const stage = setStage([guestsPhoto]);
  let folder: string;
  let executable: string;
  let resources: string;
  /** What is in the archive, by path from its root. */
  let packed: { file: string; isUnpacked: boolean }[];

  beforeAll(async () => {
    // Electron's Node.js takes an archive for a folder, which is not what is wanted here.
    process.noAsar = true;
    const { stdout } = await run('node', [path.join(repoRoot, 'scripts', 'package.mjs')], { cwd: repoRoot });
    const made = /^(.+): \d+ MB$/m.exec(stdout)?.[1] ?? expect.fail(`the package is not named: ${stdout}`);
    folder = await makeFolder();
    await cp(made, path.join(folder, 'app'), { recursive: true });
    executable = path.join(folder, 'app', 'findme-kiosk');
    resources = path.join(folder, 'app', 'resources');
    const archive = path.join(resources, 'app.asar');
    packed = listPackage(archive, { isPack: false })
      .map((entry) => entry.replace(/^\//, ''))
      .map((file) => ({ file, entry: statFile(archive, file) }))
      .filter(({ entry }) => 'size' in entry)
      .map(({ file, entry }) => ({ file, isUnpacked: 'unpacked' in entry && entry.unpacked }));
  }, packingLimitMs);
  afterAll(() => removeFolder(folder));

  it('has each fuse where it belongs', async () => {
    expect(await fusesOf(executable)).toEqual({
      RunAsNode: false,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      OnlyLoadAppFromAsar: true,
      EnableEmbeddedAsarIntegrityValidation: true,
      EnableCookieEncryption: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  it('holds this machine’s native modules alone, and those beside the archive', async () => {
    const native = packed.filter(({ file }) => /\.(node|so(\.\d+)*|dll|dylib)$/.test(file));
    expect(native.filter(({ isUnpacked }) => !isUnpacked)).toEqual([]);
    expect(await filesIn(`${resources}/app.asar.unpacked`)).toEqual(native.map(({ file }) => file).sort());

    const ours = `${process.platform}-${process.arch}`;
    const onnxruntime = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/`;
    for (const { file } of native) {
      const isBuiltHere = file.includes('/build/Release/');
      expect(isBuiltHere || file.includes(ours) || file.startsWith(onnxruntime), file).toBe(true);
    }
    expect(native.filter(({ file }) => file.startsWith(onnxruntime))).toHaveLength(2);
  });

  it('holds what was built and the packages that it loads, and nothing to build them from', () => {
    const files = packed.map(({ file }) => file);
    expect(new Set(files.map((file) => file.split('/')[0]))).toEqual(new Set(['package.json', 'node_modules', 'out']));
    for (const entry of ['shell', 'core', 'cli', 'vision', 'faceindex'])
      expect(files).toContain(`out/main/${entry}.js`);
    expect(files).toContain('out/phone/index.html');
    expect(files).toContain('out/gallery/index.html');
    expect(files.filter((file) => /\.(ts|tsx|map|c|cpp|h|hpp|gyp)$|\.test\.|electron-builder/.test(file))).toEqual([]);
  });

  it('brings texts and the model pack, byte for byte and with its licence', async () => {
    expect(await loadPack(path.join(resources, 'models'), 'faceplugin')).toMatchObject({ ok: true });
    expect(await filesIn(path.join(resources, 'models', 'faceplugin'))).toContain('LICENSE');
    expect(await filesIn(path.join(resources, 'locales'))).toEqual([
      'en.json',
      'fr.json',
      'phone/en.json',
      'phone/fr.json',
      'staff/en.json',
      'staff/fr.json',
    ]);
  });

  it('brings what sheets are made from: their templates, and of the fonts what they are lettered with', async () => {
    expect(await filesIn(path.join(resources, 'print'))).toEqual(await filesIn(templatesDir));
    const ofFonts = packed.map(({ file }) => file).filter((file) => file.startsWith('node_modules/@fontsource/'));
    const fonts = ofFonts.map((file) => path.basename(file)).filter((name) => !/^(LICENSE|package\.json)$/.test(name));
    expect(fonts.sort()).toEqual(
      [
        ...['latin', 'latin-ext'].map((signs) => `atkinson-hyperlegible-next-${signs}-400-normal.woff`),
        ...['latin', 'latin-ext', 'vietnamese'].map((signs) => `fraunces-${signs}-600-normal.woff`),
        ...['cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'].map((signs) => `noto-serif-${signs}-600-normal.woff`),
      ].sort(),
    );
  });

  it('opens no other app', async () => {
    const tops = (await filesIn(resources)).filter((file) => !file.includes(path.sep));
    expect(tops).toEqual(['app.asar']);
  });

  it('finds itself in order, with no display', async () => {
    const env = {
      ...process.env,
      ELECTRON_RUN_AS_NODE: undefined,
      FINDME_CONFIG: undefined,
      FINDME_LIBRARY: path.join(folder, 'library'),
    };
    const args = [...sandboxArgs(), '--ozone-platform=headless', '--cli', 'doctor', '--json'];
    const { stdout } = await run(executable, args, { cwd: folder, env });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });

  it('leads a guest to the photos, and to a print where there is a printer', { timeout: journeyLimitMs }, async () => {
    // Playwright attaches through --inspect, which the package refuses: beside it, a copy that does not.
    const open = `${executable}-open`;
    await copyFile(executable, open);
    await flipFuses(open, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true });
    expect(await fusesOf(open)).toEqual({ ...(await fusesOf(executable)), EnableNodeCliInspectArguments: true });

    const printer = await openPrinter('À droite de la borne');
    onTestFinished(() => printer?.close());
    const booth = await stage.launch({ executable: open, ...(printer && { printers: printer.printers }) });
    expect(await booth.app.evaluate(({ app }) => app.isPackaged)).toBe(true);
    const guest = createGuest(booth, 'fr');
    expect(await guest.findPhotos()).toBe('results');
    if (printer === undefined) return;
    await guest.tap('kiosk.print.ask');
    const first = await guest.shownSheet(1);
    // This one is lettered.
    await booth.page.getByRole('button', { name: 'Avec une marge' }).click();
    await guest.shownSheet(1, first);
    await guest.tap('kiosk.print.print', { count: 1 });
    await expect.poll(() => printer.printer.sheets(), { timeout: 20_000 }).toHaveLength(1);
  });
});

/** By name; true where on. */
async function fusesOf(file: string): Promise<Record<string, boolean>> {
  const wire = await getCurrentFuseWire(file);
  const fuses = Object.values(FuseV1Options).filter((fuse) => typeof fuse === 'number');
  const on = '1'.charCodeAt(0);
  return Object.fromEntries(fuses.map((fuse) => [FuseV1Options[fuse], Number(wire[fuse]) === on]));
}

const sandboxArgs = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
