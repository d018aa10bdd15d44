// The real app, driven as a guest would: its own display, library, settings and camera, nothing of it faked but the camera's picture.
// No --use-fake-ui-for-media-stream: it would go around the handler that grants the camera, which is to be tested.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { z } from 'zod';
import type { configSchema } from '../../main/core/index.ts';
import { cameraFile, type CameraScene } from '../fixtures/cameraFile.ts';
import type { PrivateCups } from '../fixtures/cups/cups.ts';
import { repoRoot } from '../fixtures/pack.ts';
import type { Display } from './display.ts';
import { killAll, outlive, treeOf } from './processTree.ts';

/** What the wrapper of the current screen is called, in `data-screen`. */
export type ScreenName =
  | 'attract'
  | 'consent'
  | 'camera'
  | 'searching'
  | 'results'
  | 'nothing'
  | 'browse'
  | 'codeEntry'
  | 'keptCode'
  | 'finish'
  | 'erase'
  | 'share'
  | 'printChoose'
  | 'printSheet'
  | 'printVoucher'
  | 'printing'
  | 'printOver'
  | 'goodbye'
  | 'pause';

export type Settings = Omit<z.input<typeof configSchema>, 'libraryDir' | 'language'>;

export interface LaunchOptions {
  display: Display;
  /** Holds everything of this booth: library, photos, settings, camera. Another launch in the same folder goes on with them. */
  folder: string;
  /** What stands before the camera at first; or the camera is the machine's own, if it has one. */
  scene: CameraScene | 'own-camera';
  /** Where the CUPS of its printers listens, or the machine's own printers; by default it has none, so that no test uses up anybody's paper. */
  printers?: PrivateCups['environment'] | 'own';
  language?: 'fr' | 'en';
  size?: { width: number; height: number };
  settings?: Settings;
  /** As it comes out of the box: no settings name an event, and the wizard asks for one. */
  isNew?: boolean;
  /** What the settings file does not say, and the booth takes from its environment: keys. */
  secrets?: Record<string, string>;
  /** A packaged app's own executable; by default the checkout's app, as built, on the runtime that the caller runs on. */
  executable?: string;
}

export interface Booth {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the app has written so far. */
  log(): string;
  /** Seen from the next time on that the camera is opened. */
  showScene(scene: CameraScene): Promise<void>;
  waitForScreen(name: ScreenName | readonly ScreenName[], limitMs?: number): Promise<ScreenName>;
  /** Until the window is seen: its page is painted before, at a size that it does not keep. */
  untilShown(): Promise<void>;
  /** The page loaded anew, at its attract screen: another guest, who knows nothing of the last. */
  startAfresh(): Promise<void>;
  /** Process ids of the children of that name: 'vision', 'faceindex', 'core'. */
  pidsOf(name: string): Promise<number[]>;
  /**
   * Core dies, and comes back with these settings in the place of those it had: what takes another launch no longer.
   *
   * @returns its process id
   */
  restartCore(settings: Settings): Promise<number>;
  screenshot(file: string): Promise<void>;
  /** Ends the app. Rejects where it had to be killed or left a process behind, which is then gone all the same. */
  close(): Promise<void>;
}

export const portrait = { width: 1080, height: 1920 };
export const landscape = { width: 1920, height: 1080 };

// Where tsx has compiled the caller, functions that are sent into the page call this for each function inside them.
const nameKeeper = 'globalThis.__name ??= (named) => named';

/** Whether the machine has a camera of its own. Only Linux says so without asking anybody. */
export const hasOwnCamera = process.platform !== 'linux' || readdirSync('/dev').some((name) => /^video\d+$/.test(name));

const launchLimitMs = 30_000;
const screenLimitMs = 15_000;
const closeLimitMs = 10_000;
// Until the last of its processes has gone after it.
const leaveLimitMs = 10_000;

export const photosDirOf = (folder: string): string => path.join(folder, 'photos');
export const libraryDirOf = (folder: string): string => path.join(folder, 'library');
/** Settings with which phones on this machine alone reach the app. */
export const phonesHere = { host: '127.0.0.1', port: 0, address: '127.0.0.1' };
/** Of the event that the driver's settings name. */
export const eventCode = 'e2e';

/** What it takes to start the app, all laid out in the booth's folder. */
export interface BoothCommand {
  executable: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  showScene: Booth['showScene'];
}

export async function layOutBooth(options: LaunchOptions): Promise<BoothCommand> {
  const { folder, scene, language = 'fr', printers, executable } = options;
  const camera = path.join(folder, 'camera.mjpeg');
  await mkdir(photosDirOf(folder), { recursive: true });
  await writeSettings(options);
  const showScene = async (shown: CameraScene) => {
    // Another file under the same name, because the camera still reads the one before.
    await copyFile(await cameraFile(shown), `${camera}.new`);
    await rename(`${camera}.new`, camera);
  };
  if (scene !== 'own-camera') await showScene(scene);

  return {
    executable: executable ?? process.execPath,
    args: [
      ...(executable === undefined ? [repoRoot] : []),
      ...(needsNoSandbox() ? ['--no-sandbox'] : []),
      `--lang=${language}`,
      `--user-data-dir=${path.join(folder, 'profile')}`,
      ...cameraSwitches(scene, camera),
    ],
    cwd: folder,
    env: environment({
      ...{ FINDME_CONFIG: configOf(folder), ...options.secrets, ...options.display.env },
      ...printersEnv(printers, folder),
    }),
    showScene,
  };
}

const configOf = (folder: string): string => path.join(folder, 'config.json');

async function writeSettings({
  folder,
  language = 'fr',
  size = portrait,
  printers,
  isNew = false,
  ...options
}: LaunchOptions): Promise<void> {
  const settings = {
    ...options.settings,
    // Electron would ask the system for its printers wherever that is not Linux.
    ...(printers !== 'own' && { printing: { spooler: 'cups' as const, ...options.settings?.printing } }),
  };
  await writeFile(configOf(folder), JSON.stringify(settingsOf(folder, language, size, settings, isNew)));
}

function cameraSwitches(scene: LaunchOptions['scene'], file: string): string[] {
  if (scene === 'own-camera') return [];
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
}

function printersEnv(printers: LaunchOptions['printers'], folder: string): Record<string, string> {
  if (printers === 'own') return {};
  return printers ?? { CUPS_SERVER: path.join(folder, 'no-cups') };
}

export async function launchBooth(options: LaunchOptions): Promise<Booth> {
  const { executable, showScene, ...command } = await layOutBooth(options);
  const app = await _electron.launch({ executablePath: executable, ...command, timeout: launchLimitMs });
  const child = app.process();
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (written += text));
  }

  const page = await app.firstWindow({ timeout: launchLimitMs }).catch(async (error: unknown) => {
    killAll(await treeOf(child.pid ?? 0));
    throw new Error(`no window was opened; the app wrote:\n${written}`, { cause: error });
  });

  page.setDefaultTimeout(screenLimitMs);
  await page.evaluate(nameKeeper);
  await page.addInitScript(nameKeeper);

  const waitForScreen: Booth['waitForScreen'] = async (name, limitMs = screenLimitMs) => {
    const names = typeof name === 'string' ? [name] : name;
    const screen = page.locator(names.map((one) => `[data-screen="${one}"]`).join(', ')).first();
    await screen.waitFor({ state: 'visible', timeout: limitMs }).catch(async (error: unknown) => {
      const now = await page
        .locator('[data-screen]')
        .first()
        .getAttribute('data-screen', { timeout: 500 })
        .catch(() => 'no screen at all');
      throw new Error(`waited for ${names.join(' or ')}, saw ${String(now)}; the app wrote:\n${written}`, {
        cause: error,
      });
    });
    return (await screen.getAttribute('data-screen')) as ScreenName;
  };

  const pidsOf: Booth['pidsOf'] = (name) =>
    app.evaluate(
      ({ app: electronApp }, wanted) =>
        electronApp
          .getAppMetrics()
          .filter((metric) => metric.name === wanted)
          .map(({ pid }) => pid),
      `findme ${name}`,
    );

  return {
    app,
    page,
    log: () => written,
    showScene,
    waitForScreen,
    untilShown: async () => {
      const isShown = () =>
        app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((w) => w.isVisible()));
      const endMs = performance.now() + screenLimitMs;
      while (!(await isShown())) {
        if (performance.now() > endMs) throw new Error('no window is shown');
        await sleep(50);
      }
    },
    startAfresh: async () => {
      await page.reload();
      await waitForScreen('attract');
    },
    pidsOf,
    restartCore: async (settings) => {
      await writeSettings({ ...options, settings });
      const [dying] = await pidsOf('core');
      process.kill(dying, 'SIGKILL');
      for (;;) {
        const reborn = (await pidsOf('core')).find((pid) => pid !== dying);
        if (reborn !== undefined) return reborn;
        await sleep(20);
      }
    },
    screenshot: async (file) => {
      await mkdir(path.dirname(file), { recursive: true });
      await page.screenshot({ path: file });
    },
    close: async () => {
      const pids = await treeOf(child.pid ?? 0);
      const isInTime = await Promise.race([app.close().then(() => true), sleep(closeLimitMs, false, { ref: false })]);
      const left = isInTime ? await outlive(pids, leaveLimitMs) : pids;
      killAll(left);
      if (!isInTime) throw new Error(`the app did not close; it wrote:\n${written}`);
      if (left.length > 0)
        throw new Error(`processes were left behind: ${left.join(', ')}; the app wrote:\n${written}`);
    },
  };
}

function settingsOf(
  folder: string,
  language: 'fr' | 'en',
  size: { width: number; height: number },
  { event, kiosk, sources, vision, log, ...others }: Settings,
  isNew: boolean,
): z.input<typeof configSchema> {
  return {
    libraryDir: libraryDirOf(folder),
    language,
    ...(isNew ? {} : { event: { code: eventCode, name: 'Fête des samples', ...event } }),
    sources: { folders: isNew ? [] : [photosDirOf(folder)], rescanSeconds: 1, ...sources },
    kiosk: {
      languages: language === 'fr' ? ['fr', 'en'] : ['en', 'fr'],
      window: { mode: 'window', ...size },
      ...kiosk,
    },
    // One worker of each kind: two cores have no more to give.
    vision: { poolSize: 1, guestWorkers: 1, ...vision },
    // Whoever tests with phones says by which address.
    phones: { isOn: false },
    log: { level: 'warn', ...log },
    ...others,
  };
}

/** Ours, without what makes Electron a Node.js and without what a person has set for a booth of their own. */
export function environment(added: Record<string, string>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      entry[0] !== 'ELECTRON_RUN_AS_NODE' &&
      !/^(FINDME|MATCHING|NODE_OPTIONS)/.test(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...added };
}

/** Chromium has no sandbox for root, and none where user namespaces are denied; it then refuses to start. */
export function needsNoSandbox(): boolean {
  if (process.platform !== 'linux') return false;
  return process.getuid?.() === 0 || spawnSync('unshare', ['--user', '--map-root-user', 'true']).status !== 0;
}
