// A walk through every screen and state that a guest can meet, in the real app.
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
// Past the room's index.ts, because a second way to choose between sharp's two builds would be worse.
import { sharp } from '../../main/workers/vision/sharp.ts';
import { eventSamples, guestsPhoto, type CameraScene } from '../fixtures/cameraFile.ts';
import type { FolderPrinter } from '../fixtures/cups/cups.ts';
import { sampleFile } from '../fixtures/photos.ts';
import type { Display } from './display.ts';
import {
  eventCode,
  launchBooth,
  phonesHere,
  photosDirOf,
  type Booth,
  type LaunchOptions,
  type Settings,
} from './driver.ts';
import { addPhoto, setEvent } from './event.ts';
import { createGuest, searchLimitMs, type Guest } from './guest.ts';
import { untilEngineIsReady, untilSearched } from './line.ts';
import { openPrinter } from './printer.ts';
import { settled } from './settled.ts';

type Language = 'fr' | 'en';

export interface TourOptions {
  display: Display;
  /** Empty; the booth's own. */
  folder: string;
  size: { width: number; height: number };
  /** Of the booth; by default it has none. */
  printers?: LaunchOptions['printers'];
  /** In which languages a stop is looked at, by its number from 1 on; in both, if not given. */
  languagesOf?: (stop: number) => readonly Language[];
  /** Called at each stop in each language, while the screen is on show. `name`: two figures and words, in the order of the walk. */
  onStop: (name: string, language: Language, booth: Booth) => Promise<void>;
}

const eventName = 'Mariage de Léa et Tom';
/** Long enough for a stop, short enough to be waited for. */
const idle = { warnAfterSeconds: 14, wipeAfterSeconds: 20 };
/** As long as a stop takes, in both languages. */
const slowSheetSeconds = 12;
/** Until the booth has heard of what has become of a sheet. */
const printerLimitMs = 15_000;
/** What unfolds does so within this. */
const settleMs = 1_200;

export async function takeTour(options: TourOptions): Promise<void> {
  await mkdir(photosDirOf(options.folder), { recursive: true });
  for (const sample of eventSamples) await addPhoto(options.folder, sample);
  const opened = await openPrinter('À droite de la borne');
  try {
    // An app takes long to start: whatever it can, it sees to one after the other.
    await withBooth(options, {}, async (walk) => {
      await visitWithOnePhoto(walk);
      await pause(walk, { matching: { maybe: 0.05 }, ...atHome }, () => addMoments(options.folder));
      await visitWithMany(walk);
      if (opened === undefined) await beOutOfOrder(walk);
    });
    if (opened !== undefined) await takePrintTour({ ...options, printers: opened.printers }, opened.printer);
  } finally {
    await opened?.close();
  }
}

/** Guests' galleries are brought to a bucket, where anybody's phone finds them; for a look at that nobody has to reach it. */
const atHome = {
  cloud: { endpoint: 'http://127.0.0.1:9', bucket: 'photos', galleryUrl: 'https://photos.example.org/' },
} satisfies Settings;

/** Of those who print, for nothing, with a voucher, and for money. */
async function takePrintTour(options: TourOptions, printer: FolderPrinter): Promise<void> {
  await withBooth(options, atHome, (walk) => visitWithPrints(walk, printer));
  setEvent(options.folder, { print: { access: 'voucher' } });
  await withBooth(options, {}, visitWithVoucher);
  setEvent(options.folder, { print: { access: 'paid', price: '3 €', mostPerGuest: 1 } });
  await withBooth(options, {}, async (walk) => {
    await visitThatPays(walk);
    await beOutOfOrder(walk);
  });
}

interface Walk {
  booth: Booth;
  /** Has core come back with other settings beside those that every booth of a tour has. @returns its process id */
  restart: (settings: Settings) => Promise<number>;
  guest: Guest;
  /** Looks at what is on show, in both languages. */
  stop: (name: string) => Promise<void>;
}

/** Counts the stops over all walks of one tour. */
const counts = new WeakMap<TourOptions['onStop'], number>();

async function withBooth(options: TourOptions, settings: Settings, walk: (walk: Walk) => Promise<void>): Promise<void> {
  const { display, folder, size, printers, languagesOf = () => ['fr', 'en'], onStop } = options;
  const common: Settings = { event: { name: eventName, code: eventCode }, kiosk: { idle }, phones: phonesHere };
  const booth = await launchBooth({
    ...{ display, folder, size, scene: 'guest', ...(printers && { printers }) },
    settings: { ...common, ...settings },
  });
  try {
    const guest = createGuest(booth, 'fr');
    const inEnglish = createGuest(booth, 'en');
    const stop = async (name: string) => {
      const number = (counts.get(onStop) ?? 0) + 1;
      counts.set(onStop, number);
      const full = `${String(number).padStart(2, '0')}-${name}`;
      const languages = languagesOf(number);
      if (languages.includes('fr')) await onStop(full, 'fr', booth);
      if (!languages.includes('en')) return;
      await guest.switchLanguage();
      await onStop(full, 'en', booth);
      await inEnglish.switchLanguage();
    };
    await walk({ booth, guest, stop, restart: (others) => booth.restartCore({ ...common, ...others }) });
  } finally {
    await booth.close();
  }
}

async function visitWithOnePhoto({ booth, guest, stop }: Walk): Promise<void> {
  const { page } = booth;
  await untilEngineIsReady(booth);
  await untilSearched(eventSamples.length, booth);
  await settled(page, settleMs);
  await stop('attract');

  await guest.tap('kiosk.attract.start');
  await booth.waitForScreen('consent');
  await settled(page, settleMs);
  await stop('consent');

  const before = async (scene: CameraScene, text: () => Locator, name: string) => {
    await booth.startAfresh();
    await booth.showScene(scene);
    await guest.goToCamera();
    await text().waitFor();
    await settled(page, settleMs);
    await stop(name);
  };
  const advice = (kind: 'no-face' | 'too-far' | 'too-dark') => () =>
    page.getByText(guest.t(`kiosk.camera.advice.${kind}.what`)).first();
  await before('nobody', advice('no-face'), 'camera-nobody');
  await before('too-far', advice('too-far'), 'camera-too-far');
  await before('too-dark', advice('too-dark'), 'camera-too-dark');

  await before('two', () => guest.button('kiosk.camera.face', { number: 2 }), 'camera-two');
  await guest.touchFaces(['guest', 'friend']);
  await settled(page, 300);
  await stop('camera-two-chosen');

  await booth.startAfresh();
  await booth.showScene('guest');
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'));
  });
  await guest.goToCamera();
  await page.getByText('camera.busy').first().waitFor();
  await settled(page, settleMs);
  await stop('camera-unavailable');

  await booth.startAfresh();
  await guest.goToCamera();
  await page.getByText(guest.t('kiosk.camera.counting.what')).first().waitFor();
  await stop('camera-counting');
  await booth.waitForScreen(['results'], searchLimitMs);

  await booth.startAfresh();
  await guest.goToCamera();
  await page.getByText(guest.t('kiosk.camera.counting.what')).first().waitFor();
  await holding(booth, 'faceindex', async () => {
    await booth.waitForScreen('searching');
    await settled(page, settleMs);
    await stop('searching');
  });
  await booth.waitForScreen('results', searchLimitMs);
  await settled(page, settleMs);
  await stop('results-one');
  await page.locator('[data-photo]').first().click();
  await settled(page, settleMs);
  await stop('photo-large');
  await guest.tap('kiosk.viewer.close');
  await settled(page, settleMs);

  await guest.tap('kiosk.results.finish');
  await booth.waitForScreen('finish');
  await settled(page, settleMs);
  await stop('finish');
  await guest.tap('kiosk.erase.ask');
  await booth.waitForScreen('erase');
  await page.getByRole('switch').click();
  await settled(page, settleMs);
  await stop('erase');
  await guest.tap('kiosk.erase.back');
  await guest.tap('kiosk.finish.keep');
  await booth.waitForScreen('keptCode');
  await settled(page, settleMs);
  await stop('code-kept');
  await guest.tap('kiosk.kept.done');
  await booth.waitForScreen('goodbye');
  await settled(page, settleMs / 2);
  await stop('goodbye');

  await booth.startAfresh();
  await booth.showScene('stranger');
  await guest.findPhotos();
  await settled(page, settleMs);
  await stop('nothing');

  await booth.startAfresh();
  await guest.enterCode('0000');
  await settled(page, settleMs);
  await stop('code-entry');
  for (let i = 0; i < 4; i++) await page.getByRole('button', { name: '0', exact: true }).click();
  await guest.tap('kiosk.code.submit');
  await page.getByText(guest.t('fault.code.unknown')).first().waitFor();
  await stop('code-unknown');

  await booth.startAfresh();
  await guest.tap('kiosk.attract.start');
  await booth.waitForScreen('consent');
  await guest.button('kiosk.idle.stay').waitFor({ timeout: (idle.warnAfterSeconds + 5) * 1000 });
  await settled(page, settleMs);
  await stop('idle');
}

/** Core dies while a guest is there, and comes back with other settings. @param meanwhile before it is there again */
async function pause(
  { booth, guest, stop, restart }: Walk,
  settings: Settings,
  meanwhile: () => Promise<void>,
): Promise<void> {
  await booth.startAfresh();
  await guest.tap('kiosk.attract.start');
  await booth.waitForScreen('consent');
  const reborn = await restart(settings);
  process.kill(reborn, 'SIGSTOP');
  try {
    await booth.waitForScreen('pause');
    await stop('pause');
    await meanwhile();
  } finally {
    process.kill(reborn, 'SIGCONT');
  }
  await booth.waitForScreen('attract');
}

async function visitWithMany({ booth, guest, stop }: Walk): Promise<void> {
  await booth.startAfresh();
  await untilEngineIsReady(booth);
  await untilSearched(eventSamples.length + moments.length, booth);
  await booth.startAfresh();
  await guest.tap('kiosk.attract.browse');
  await booth.waitForScreen('browse');
  await booth.page.locator('[data-photo]').first().waitFor();
  await settled(booth.page, settleMs);
  await stop('browse');

  await booth.startAfresh();
  await booth.showScene('guest');
  await guest.findPhotos();
  await settled(booth.page, 2 * settleMs);
  await stop('results-many');
  const doubts = guest.button('kiosk.results.yes');
  await doubts.scrollIntoViewIfNeeded();
  await settled(booth.page, settleMs);
  await stop('results-maybe');

  await guest.tap('kiosk.share.ask');
  await booth.waitForScreen('share');
  await settled(booth.page, settleMs);
  await stop('share');
}

async function beOutOfOrder({ booth, stop, restart }: Walk): Promise<void> {
  await restart({ models: { pack: 'none' } });
  await booth.page.locator('[data-screen="attract"]').getByText('models.').first().waitFor({ timeout: searchLimitMs });
  await settled(booth.page, 2 * settleMs);
  await stop('attract-out-of-order');
}

async function visitWithPrints({ booth, guest, stop }: Walk, printer: FolderPrinter): Promise<void> {
  const { page } = booth;
  await untilEngineIsReady(booth);
  await guest.findPhotos();
  await settled(page, 2 * settleMs);
  await stop('results-print');
  await page.locator('[data-photo]').first().click();
  await settled(page, settleMs);
  await stop('photo-large-print');
  await guest.tap('kiosk.print.photo');
  await booth.waitForScreen('printSheet');
  const plain = await guest.shownSheet(1);
  await settled(page, settleMs);
  await stop('print-sheet');
  await page.getByRole('button', { name: 'Avec le lien' }).click();
  await guest.shownSheet(1, plain);
  await settled(page, settleMs);
  await stop('print-sheet-link');
  await guest.tap('kiosk.print.back');
  await booth.waitForScreen('results');
  await guest.tap('kiosk.viewer.close');

  await guest.tap('kiosk.print.ask');
  await booth.waitForScreen('printChoose');
  const photos = page.locator('[data-screen] li > button:has(img)');
  for (const i of [0, 1]) await photos.nth(i).click();
  await settled(page, settleMs);
  await stop('print-choose');
  await photos.nth(2).click();
  await guest.tap('kiosk.print.continue', { count: 3 });
  await booth.waitForScreen('printSheet');
  await guest.shownSheet(3);
  await guest.tap('kiosk.print.more');
  await settled(page, settleMs);
  await stop('print-strip');

  await printer.setMood('normal', slowSheetSeconds);
  await guest.tap('kiosk.print.print', { count: 2 });
  await booth.waitForScreen('printing');
  await page.getByText(guest.t('kiosk.print.first', { count: 2 })).waitFor({ timeout: printerLimitMs });
  await settled(page, settleMs);
  await stop('printing');
  await printer.setMood('no-paper');
  await page.getByRole('heading', { name: guest.t('kiosk.print.noPaper') }).waitFor({ timeout: printerLimitMs });
  await settled(page, settleMs);
  await stop('printing-held-up');
  await printer.setMood('normal');
  const done = guest.t('kiosk.print.done', { count: 2, where: guest.t('kiosk.print.where.right') });
  await page.getByText(done).waitFor({ timeout: slowSheetSeconds * 1000 + printerLimitMs });
  await settled(page, settleMs);
  await stop('printing-done');
}

async function visitWithVoucher({ booth, guest, stop }: Walk): Promise<void> {
  const { page } = booth;
  await askForSheet({ booth, guest });
  await stop('print-sheet-voucher');
  await guest.tap('kiosk.print.print', { count: 1 });
  await booth.waitForScreen('printVoucher');
  await settled(page, settleMs);
  await stop('print-voucher');
  for (let i = 0; i < 8; i++) await page.getByRole('button', { name: '0', exact: true }).click();
  await guest.tap('kiosk.print.ask');
  await page.getByText(guest.t('fault.print.voucher-unknown')).first().waitFor();
  await stop('print-voucher-unknown');
}

async function visitThatPays({ booth, guest, stop }: Walk): Promise<void> {
  const { page } = booth;
  await askForSheet({ booth, guest });
  await stop('print-sheet-paid');
  await guest.tap('kiosk.print.print', { count: 1 });
  await booth.waitForScreen('printing');
  await settled(page, settleMs);
  await stop('printing-unpaid');
  await guest.tap('kiosk.print.backToPhotos');
  await booth.waitForScreen('results');
  await guest.tap('kiosk.print.ask');
  await booth.waitForScreen('printOver');
  await settled(page, settleMs);
  await stop('print-over');
  await guest.tap('kiosk.print.back');
  await guest.tap('kiosk.results.finish');
  await booth.waitForScreen('finish');
  await guest.tap('kiosk.finish.done');
  await booth.waitForScreen('goodbye');
  await settled(page, settleMs / 2);
  await stop('goodbye-unpaid');
}

/** From the attract screen to the sheet of one photo. */
async function askForSheet({ booth, guest }: Pick<Walk, 'booth' | 'guest'>): Promise<void> {
  await untilEngineIsReady(booth);
  await guest.findPhotos();
  await booth.page.locator('[data-photo]').first().click();
  await guest.tap('kiosk.print.photo');
  await booth.waitForScreen('printSheet');
  await guest.shownSheet(1);
  await settled(booth.page, settleMs);
}

/** Stops the children of that name for as long as the work takes. */
async function holding(booth: Booth, name: string, work: () => Promise<void>): Promise<void> {
  const pids = await booth.pidsOf(name);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
}

/** More photos of the guest's moment, as a photographer takes them: closer, wider, warmer, upright. */
const moments = [
  { left: 520, top: 90, width: 1300, height: 867 },
  { left: 820, top: 60, width: 760, height: 1013 },
  { left: 300, top: 0, width: 1500, height: 1000 },
  { left: 960, top: 80, width: 640, height: 640 },
  { left: 450, top: 120, width: 1100, height: 733 },
  { left: 880, top: 40, width: 1000, height: 667 },
  { left: 700, top: 0, width: 900, height: 1200 },
  { left: 200, top: 40, width: 1700, height: 1133 },
];

async function addMoments(folder: string): Promise<void> {
  for (const [i, crop] of moments.entries()) {
    const file = path.join(photosDirOf(folder), `moment${String(i)}.jpg`);
    await sharp(sampleFile(guestsPhoto))
      .extract(crop)
      .flop(i % 3 === 1)
      .modulate({ brightness: 1 + 0.04 * (i % 3), saturation: i === 4 ? 0 : 1 - 0.08 * (i % 2) })
      .jpeg({ quality: 90 })
      .toFile(`${file}.part`);
    await rename(`${file}.part`, file);
  }
}
