// A walk through what the crew sees: the wizard, the sign-in, every view and the event editor, in the real app.
import { mkdir } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { eventSamples } from '../fixtures/cameraFile.ts';
import type { FolderPrinter } from '../fixtures/cups/cups.ts';
import { createCrew, openStation, setUpBooth, staffWindowOf, untilStationIsClosed, type Crew } from './crew.ts';
import { openCloud, type Cloud } from './cloud.ts';
import type { Display } from './display.ts';
import { launchBooth, phonesHere, photosDirOf, type Booth } from './driver.ts';
import { addPhoto } from './event.ts';
import { createGuest } from './guest.ts';
import { untilEngineIsReady, untilSearched } from './line.ts';
import { openPrinter, type BoothPrinter } from './printer.ts';
import { settled } from './settled.ts';

export interface CrewTourOptions {
  display: Display;
  /** Empty; the booth's own. */
  folder: string;
  size: { width: number; height: number };
  language: 'fr' | 'en';
  /** Called at each stop, while the screen is on show. `name`: two figures and words, in the order of the walk. */
  onStop: (name: string, page: Page) => Promise<void>;
}

/** What unfolds does so within this. */
const settleMs = 1_000;
/** Until the booth has heard of what has become of a sheet. */
const printerLimitMs = 15_000;
/** Until core is there again, and until the first things are on their way to the cloud, or not. */
const lockedLimitMs = 30_000;
const cloudLimitMs = 60_000;
const common = { phones: phonesHere };
const passphrase = 'trois lanternes en mer';
/** What guests' phones join. */
const wifi = { name: 'Léa & Tom', password: 'bienvenue' };

export async function takeCrewTour(options: CrewTourOptions): Promise<void> {
  const opened = await openPrinter(options.language === 'fr' ? 'À droite de la borne' : 'Right of the booth');
  try {
    await walk(options, opened);
  } finally {
    await opened?.close();
  }
}

async function walk(options: CrewTourOptions, printer: BoothPrinter | undefined): Promise<void> {
  const { folder, language, onStop } = options;
  await mkdir(photosDirOf(folder), { recursive: true });
  for (const sample of eventSamples) await addPhoto(folder, sample);
  let stops = 0;
  const stopIn = (page: Page) => async (name: string) => {
    stops += 1;
    await settled(page, settleMs);
    await onStop(`${String(stops).padStart(2, '0')}-${name}`, page);
  };

  await withBooth(options, printer, async (booth) => {
    const owner = createCrew(await staffWindowOf(booth), language);
    const wizardStop = stopIn(owner.page);
    await stopIn(booth.page)('guests-setup');
    await setUpBooth(owner, photosDirOf(folder), (name) => wizardStop(`setup-${name}`));
    await owner.tap('frame.leave');
    await untilEngineIsReady(booth);
    await untilSearched(eventSamples.length, booth);
    await booth.startAfresh();
    const guest = createGuest(booth, language);
    await guest.findPhotos();

    const crew = createCrew(await openStation(booth), language);
    const stop = stopIn(crew.page);
    await crew.untilScreen('signed-out');
    await stop('sign-in');
    await crew.signIn();
    await stop('wall');
    for (const view of ['sources', 'queue', 'visits', 'prints', 'events', 'health', 'journal', 'log'] as const) {
      await crew.openView(view);
      await stop(view);
    }
    await crew.openView('sources');
    await crew.tap('sources.photographClock');
    await crew.page.getByRole('dialog').waitFor();
    await stop('sources-clock');
    await crew.tap('close');
    await crew.openView('visits');
    await crew.tap('visits.erase');
    await stop('visit-erase');
    await crew.tap('cancel');
    await crew.openView('events');
    await crew.tap('events.edit');
    await crew.page.getByRole('heading', { name: crew.t('events.actions') }).waitFor();
    await stop('event-editor');
    await crew.page.getByLabel(crew.t('events.wifi.name')).fill(wifi.name);
    await crew.page.getByLabel(crew.t('events.wifi.password')).fill(wifi.password);
    await crew.tap('save');
    await crew.button('saved').waitFor();
    await crew.tap('transfer.export');
    await stop('event-export');
    await crew.tap('cancel');
    if (printer !== undefined) await printAsCrew(crew, printer.printer, stop);
    await crew.tap('menu.open');
    await stop('menu');
    await crew.tap('menu.passphrase');
    await crew.page.getByLabel(crew.t('passphrase.first'), { exact: true }).fill(passphrase);
    await crew.page.getByLabel(crew.t('passphrase.second'), { exact: true }).fill(passphrase);
    await stop('passphrase');
    await crew.tap('save');
    await crew.page.getByRole('dialog').waitFor({ state: 'detached' });
    await crew.tap('events.to.closed');
    await booth.page.getByText(guest.t('kiosk.attract.closedTitle')).waitFor();
    await stopIn(booth.page)('guests-closed');
    await crew.tap('events.to.open');
    await booth.page.getByText(guest.t('kiosk.attract.title')).waitFor();

    await crew.tap('frame.leave');
    await untilStationIsClosed(booth);
    await stopIn(booth.page)('guests-wifi');
    await guest.findPhotos();
    await guest.tap('kiosk.share.ask');
    await booth.waitForScreen('share');
    await stopIn(booth.page)('guests-share');

    const cloud = await openCloud();
    try {
      await booth.restartCore({ ...common, ...cloud.settings });
      await booth.page.getByText(guest.t('kiosk.attract.lockedTitle')).waitFor({ timeout: lockedLimitMs });
      await stopIn(booth.page)('guests-locked');
      const again = createCrew(await openStation(booth), language);
      await unlock(again, stopIn(again.page));
      await lookAtCloud(again, cloud, stopIn(again.page));
    } finally {
      await cloud.close();
    }
  });
}

async function unlock(crew: Crew, stop: (name: string) => Promise<void>): Promise<void> {
  const { page, t } = crew;
  await crew.signIn();
  await crew.button('locks.unlock').waitFor();
  await stop('locked');
  await page.getByLabel(t('locks.passphrase'), { exact: true }).fill(passphrase);
  await crew.tap('locks.unlock');
}

/** Its bucket has no key yet. */
async function lookAtCloud(crew: Crew, { credentials }: Cloud, stop: (name: string) => Promise<void>): Promise<void> {
  const { page, t } = crew;
  await crew.openView('sync');
  await crew.button('sync.giveKey.bucket').waitFor({ timeout: cloudLimitMs });
  await crew.tap('sync.giveKey.bucket');
  await page.getByLabel(t('sync.keyId')).fill(credentials.accessKeyId);
  await page.getByLabel(t('sync.keySecret.bucket')).fill(credentials.secretAccessKey);
  await stop('cloud-key');
  await crew.tap('save');
  await page.getByRole('heading', { name: t('sync.troubled', { count: 1 }) }).waitFor({ timeout: cloudLimitMs });
  // Everything else goes on, once it is known that it can.
  const timeLeft = new RegExp(t('sync.heads.left', { span: '.+' }));
  await page.getByText(timeLeft).waitFor({ timeout: cloudLimitMs });
  await stop('cloud');
}

/** From the event's editor: vouchers for guests; then sheets from the wall, and the printer runs out of paper meanwhile. It ends there as well. */
async function printAsCrew(crew: Crew, printer: FolderPrinter, stop: (name: string) => Promise<void>): Promise<void> {
  const { page, t } = crew;
  const access = page.getByLabel(t('events.print.access'));
  await access.selectOption('voucher');
  await crew.tap('save');
  await crew.button('saved').waitFor();
  const toMiddle = (part: Locator) => part.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await toMiddle(page.getByRole('group', { name: t('events.print.templates') }));
  await stop('event-prints');
  await toMiddle(access);
  await stop('event-prints-access');

  await crew.openView('prints');
  await crew.tap('vouchers.make');
  await page.getByRole('dialog').waitFor();
  await stop('vouchers-make');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('vouchers.make') })
    .click();
  await page.getByRole('heading', { name: t('vouchers.made') }).waitFor();
  await stop('vouchers-made');
  await crew.tap('close');

  await crew.openView('wall');
  await crew.tap('wall.choose');
  for (const i of [0, 1]) await shots(page).nth(i).click();
  await stop('wall-choose');
  await crew.tap('cancel');
  await shots(page).first().click();
  await stop('wall-photo');
  await orderSheet(crew, () => stop('wall-print'));
  await stop('wall-printed');
  await crew.openView('prints');
  const orders = page.getByRole('region', { name: t('prints.orders') });
  await orders.getByText(t('prints.orderStates.printed')).waitFor({ timeout: printerLimitMs });

  await printer.setMood('no-paper');
  await crew.openView('wall');
  await shots(page).nth(1).click();
  await orderSheet(crew, () => crew.tap('prints.more'));
  await crew.openView('prints');
  const heldUp = orders.getByText(t('prints.orderStates.held-up')).first();
  await heldUp.waitFor({ timeout: printerLimitMs });
  await stop('prints-no-paper');
  await orders.locator('button[aria-expanded]').first().click();
  await orders.scrollIntoViewIfNeeded();
  await stop('prints-sheets');
  await crew.tap('prints.cancelOrder');
  await page.getByRole('dialog').waitFor();
  await stop('prints-cancel');
  await crew.tap('prints.keep');
  await printer.setMood('normal');
  await heldUp.waitFor({ state: 'detached', timeout: printerLimitMs });
  await crew.openView('events');
  await crew.tap('events.edit');
}

/** What can be touched on the wall. */
const shots = (page: Page) => page.locator('main li > button:has(img)');

/** From a photo that was touched. @param onSheet is called while the sheet is on show */
async function orderSheet({ page, t }: Crew, onSheet: () => Promise<void>): Promise<void> {
  const print = page.getByRole('dialog').getByRole('button', { name: t('prints.print'), exact: true });
  await print.click();
  await page.getByRole('dialog').getByAltText(t('prints.preview')).waitFor({ timeout: printerLimitMs });
  await onSheet();
  await print.click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function withBooth(
  { display, folder, size, language }: CrewTourOptions,
  printer: BoothPrinter | undefined,
  walk: (booth: Booth) => Promise<void>,
): Promise<void> {
  const booth = await launchBooth({
    display,
    folder,
    scene: 'guest',
    isNew: true,
    size,
    language,
    ...(printer && { printers: printer.printers }),
    settings: common,
  });
  try {
    await walk(booth);
  } finally {
    await booth.close();
  }
}
