// A browser that is there wherever the tests run: the runtime's own, in a phone's place or on a table.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron } from 'playwright-core';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { repoRoot } from '../fixtures/pack.ts';
import type { Display } from './display.ts';
import { environment, needsNoSandbox } from './driver.ts';
import { handsetOf, type Handset } from './handset.ts';

export interface Screen {
  width: number;
  height: number;
  /** Or a computer's. */
  isPhone: boolean;
}

export interface BareBrowser extends Handset {
  /** Turns the phone, or takes another device. */
  resize(screen: Screen): Promise<void>;
}

export const phoneUpright: Screen = { width: 390, height: 844, isPhone: true };
export const phoneLying: Screen = { width: 844, height: 390, isPhone: true };
export const computer: Screen = { width: 1280, height: 800, isPhone: false };

const locales = { fr: 'fr-FR', en: 'en-GB' };

export async function openBareBrowser(
  display: Display,
  language: 'fr' | 'en',
  screen = phoneUpright,
): Promise<BareBrowser> {
  const folder = await makeFolder();
  const app = await _electron.launch({
    executablePath: process.execPath,
    args: [
      path.join(repoRoot, 'test', 'fixtures', 'browser', 'main.cjs'),
      ...(needsNoSandbox() ? ['--no-sandbox'] : []),
      `--user-data-dir=${folder}`,
    ],
    env: environment(display.env),
  });
  const page = await app.firstWindow();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setUserAgentOverride', {
    userAgent: await page.evaluate(() => navigator.userAgent),
    acceptLanguage: locales[language],
  });
  const resize: BareBrowser['resize'] = async ({ width, height, isPhone }) => {
    await session.send('Emulation.setDeviceMetricsOverride', {
      ...{ width, height },
      deviceScaleFactor: isPhone ? 2 : 1,
      mobile: isPhone,
    });
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: isPhone });
  };
  await session.send('Emulation.setScrollbarsHidden', { hidden: screen.isPhone });
  await resize(screen);
  const close = async () => {
    await app.close();
    await removeFolder(folder);
  };
  const handset = handsetOf(page, language, (target) => target.click(), close);
  // The runtime asks where to put what is saved, which nobody would answer.
  const save: Handset['save'] = async (key) => {
    const file = path.join(folder, 'saved');
    const saving = app.evaluate(
      ({ session }, to) =>
        new Promise<string>((resolve) => {
          session.defaultSession.once('will-download', (_, item) => {
            item.setSavePath(to);
            item.once('done', () => resolve(item.getFilename()));
          });
        }),
      file,
    );
    await handset.tap(key);
    return { name: await saving, bytes: await readFile(file) };
  };
  return { ...handset, save, resize };
}
