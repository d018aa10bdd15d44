import { createInstance, type TFunction } from 'i18next';
import type { Locator, Page } from 'playwright-core';
import en from '../../resources/locales/staff/en.json' with { type: 'json' };
import fr from '../../resources/locales/staff/fr.json' with { type: 'json' };
import type { Booth } from './driver.ts';

type Language = 'fr' | 'en';
/** A key of the crew's texts, with what its text is made of. */
type Text = Parameters<TFunction<'staff'>>;

export const pin = '2580';

/** Somebody of the crew at their window. */
export interface Crew {
  readonly page: Page;
  readonly t: (...text: Text) => string;
  button(...text: Text): Locator;
  tap(...text: Text): Promise<void>;
  /** Types a PIN on the keypad's keys, and enters it. */
  typePin(pin: string): Promise<void>;
  signIn(): Promise<void>;
  openView(
    id: 'wall' | 'sources' | 'queue' | 'visits' | 'prints' | 'events' | 'sync' | 'health' | 'journal' | 'log',
  ): Promise<void>;
  untilScreen(name: 'setup' | 'signed-out' | 'signed-in' | 'no-pin'): Promise<void>;
  untilStep(name: 'language' | 'camera' | 'folder' | 'event' | 'checks' | 'pin'): Promise<void>;
}

const windowLimitMs = 15_000;
const restMs = 2_300;

const isStaff = (page: Page): boolean => page.url().includes('/staff/');

/** The crew's window, once it is open. */
export async function staffWindowOf({ app }: Booth): Promise<Page> {
  const open = app.windows().find(isStaff);
  return open ?? app.waitForEvent('window', { predicate: isStaff, timeout: windowLimitMs });
}

/** Once the guests have theirs to themselves again. */
export async function untilStationIsClosed({ app, page }: Booth): Promise<void> {
  while (app.windows().some(isStaff)) await page.waitForTimeout(50);
}

/** Rests a finger in the corner of the guests' window. */
export async function openStation(booth: Booth): Promise<Page> {
  const { mouse } = booth.page;
  await untilStationIsClosed(booth);
  const opened = staffWindowOf(booth);
  await mouse.move(30, 30);
  await mouse.down();
  await booth.page.waitForTimeout(restMs);
  await mouse.up();
  return opened;
}

export function createCrew(page: Page, language: Language): Crew {
  page.setDefaultTimeout(windowLimitMs);
  const texts = createInstance({
    lng: language,
    defaultNS: 'staff',
    resources: { fr: { staff: fr }, en: { staff: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  void texts.init();
  const fixed = texts.getFixedT(language, 'staff');
  const t = (...text: Text): string => fixed(...text);
  const button = (...text: Text) => page.getByRole('button', { name: t(...text), exact: true }).first();
  const typePin = async (figures: string) => {
    for (const figure of figures) await page.getByRole('button', { name: figure, exact: true }).click();
    await button('signIn.enter').click();
  };
  const untilScreen: Crew['untilScreen'] = (name) => page.locator(`[data-screen="${name}"]`).waitFor();
  return {
    page,
    t,
    button,
    tap: (...text) => button(...text).click(),
    typePin,
    signIn: async () => {
      await untilScreen('signed-out');
      await typePin(pin);
      await untilScreen('signed-in');
    },
    openView: (id) =>
      page
        .locator('nav')
        .getByRole('button', { name: t(`views.${id}`) })
        .click(),
    untilScreen,
    untilStep: (name) => page.locator(`[data-step="${name}"]`).waitFor(),
  };
}

/** Walks through the wizard as a new owner does. @param onStep is called while each step is on show */
export async function setUpBooth(
  crew: Crew,
  photosDir: string,
  onStep: (name: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { page, t } = crew;
  await crew.untilStep('language');
  await onStep('language');
  await page
    .getByRole('button', { name: t('setup.language.title').startsWith('Bonjour') ? 'Français' : 'English' })
    .click();
  await crew.untilStep('camera');
  await page.locator('video').evaluate((video) => {
    if (!(video instanceof HTMLVideoElement)) throw new Error('no video');
    return video.readyState > 1 ? undefined : new Promise((resolve) => video.addEventListener('loadeddata', resolve));
  });
  await onStep('camera');
  await crew.tap('setup.next');

  await crew.untilStep('folder');
  await onStep('folder');
  await crew.tap('setup.folder.choose');
  const entry = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  for (;;) {
    const here = (await page.getByRole('dialog').locator('code').textContent()) ?? '';
    if (here === '/' || here === '') break;
    await entry(t('folders.up'));
    await page
      .getByRole('dialog')
      .locator('code', { hasText: here })
      .and(page.getByText(here, { exact: true }))
      .waitFor({ state: 'detached' });
  }
  for (const name of photosDir.split('/').filter((part) => part !== '')) await entry(name);
  await page.getByRole('dialog').getByText(photosDir, { exact: true }).waitFor();
  await onStep('folder-browser');
  await crew.tap('folders.choose');
  await crew.tap('setup.next');

  await crew.untilStep('event');
  await page.getByLabel(t('events.name')).fill('Fête d’été à Évian');
  await onStep('event');
  await crew.tap('setup.next');

  await crew.untilStep('checks');
  await page.getByText(t('checks.workers'), { exact: true }).waitFor({ timeout: 60_000 });
  await onStep('checks');
  await crew.tap('setup.checks.later');

  await crew.untilStep('pin');
  await onStep('pin');
  await crew.typePin(pin);
  await page.getByText(t('setup.pin.again')).waitFor();
  await crew.typePin(pin);
  await crew.untilScreen('signed-in');
}
