// A guest's phone: a real browser of a phone's size and touch, at the pages that the app gives to phones.
import { accessSync, constants } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { readCode } from '../../main/workers/vision/readCode.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { speeches, type TextKey } from '../../renderer/phone/texts.ts';
import { repoRoot } from '../fixtures/pack.ts';
import type { Booth } from './driver.ts';

type Language = 'fr' | 'en';
type Values = Parameters<(typeof speeches)['fr']['t']>[1];

export interface Handset {
  readonly page: Page;
  readonly t: (key: TextKey, values?: Values) => string;
  /** Touches the button or link of that name. */
  tap(key: TextKey, values?: Values): Promise<void>;
  /** Until this is the page's headline. */
  untilTitled(key: TextKey, values?: Values): Promise<void>;
  /** The tiles of the gallery. */
  photos(): Locator;
  /** Touches what saves a file. @returns what has arrived in the phone's folder of downloads */
  save(key: TextKey): Promise<{ name: string; bytes: Buffer }>;
  /** Touches what opens the phone's camera, and takes this picture there. */
  takeSelfie(key: TextKey, picture: Buffer): Promise<void>;
  /** Leaves what is on its screen in out/e2e. */
  explain(name: string): Promise<void>;
  close(): Promise<void>;
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** Of Linux: elsewhere, programs are not on PATH. */
export const phoneBrowser = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .flatMap((folder) => names.map((name) => path.join(folder, name)))
  .find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const limitMs = 15_000;
const screen = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const locales: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };

export async function openHandset(language: Language): Promise<Handset> {
  if (phoneBrowser === undefined) throw new Error('there is no browser here that could be a phone’s');
  const browser = await chromium.launch({ executablePath: phoneBrowser });
  const context = await browser.newContext({ ...screen, locale: locales[language] });
  const page = await context.newPage();
  return handsetOf(
    page,
    language,
    (target) => target.tap(),
    () => browser.close(),
  );
}

/** @param press touches something, as far as this browser can */
export function handsetOf(
  page: Page,
  language: Language,
  press: (target: Locator) => Promise<void>,
  close: Handset['close'],
): Handset {
  page.setDefaultTimeout(limitMs);
  const { t } = speeches[language];

  const target = (key: TextKey, values?: Values) => {
    const named = { name: t(key, values), exact: true };
    return page.getByRole('button', named).or(page.getByRole('link', named));
  };
  const tap: Handset['tap'] = (key, values) => press(target(key, values));

  return {
    page,
    t,
    tap,
    untilTitled: (key, values) => page.getByRole('heading', { level: 1, name: t(key, values), exact: true }).waitFor(),
    photos: () => page.getByRole('list', { name: t('gallery.mosaic'), exact: true }).getByRole('button'),
    save: async (key) => {
      const [download] = await Promise.all([page.waitForEvent('download'), tap(key)]);
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    },
    takeSelfie: async (key, picture) => {
      const [camera] = await Promise.all([page.waitForEvent('filechooser'), tap(key)]);
      await camera.setFiles({ name: 'IMG_0042.jpg', mimeType: 'image/jpeg', buffer: picture });
    },
    explain: async (name) => {
      const file = `${name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 50)}-phone.png`;
      await page.screenshot({ path: path.join(repoRoot, 'out', 'e2e', file) }).catch(() => undefined);
    },
    close,
  };
}

/** What a phone reads that is held in front of the booth's screen. */
export async function readShownCode(booth: Booth, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'shown-code.png');
  await booth.screenshot(file);
  const read = await readCode(file, 1e8);
  if (!read.ok || read.value.text === undefined) throw new Error('no code can be read from the screen');
  return read.value.text;
}

/** How far two pictures are from each other, as the mean over a few coarse pixels: of the same photo, 1 or 2 of 255 in whatever size and quality. */
export async function distanceOf(one: Buffer, other: Buffer): Promise<number> {
  const coarse = (picture: Buffer) =>
    sharp(picture).autoOrient().removeAlpha().resize(16, 16, { fit: 'fill' }).raw().toBuffer();
  const [a, b] = await Promise.all([coarse(one), coarse(other)]);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}
