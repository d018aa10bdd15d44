// From a photo on the screen to paper in the tray, as guests and the crew see it: the real app, and a real CUPS whose printer prints into a folder.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { guestsPhoto } from '../fixtures/cameraFile.ts';
import { cupsLacks, type FolderPrinter } from '../fixtures/cups/cups.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { createCrew, openStation, pin, untilStationIsClosed, type Crew } from './crew.ts';
import { libraryDirOf, type Booth } from './driver.ts';
import { choosePin } from './event.ts';
import { createGuest, type Guest } from './guest.ts';
import { openPrinter, type BoothPrinter } from './printer.ts';
import { setStage } from './stage.ts';

const run = promisify(execFile);
const journeyLimitMs = 60_000;
/** Until a sheet is out, or the booth has heard what keeps it: it asks a printer now and then. */
const printerLimitMs = 20_000;
const printerLabel = 'À droite de la borne';

if (cupsLacks !== undefined) console.log(`Printing is not tested in the app: ${cupsLacks} is not there.`);

describe.skipIf(cupsLacks !== undefined)('a booth with a printer', { timeout: journeyLimitMs }, () => {
  const stage = setStage([guestsPhoto]);
  let opened: BoothPrinter | undefined;
  let printer: FolderPrinter;
  let booth: Booth;
  let guest: Guest;

  beforeAll(async () => {
    opened = (await openPrinter(printerLabel)) ?? expect.fail('there is no printer');
    ({ printer } = opened);
    await choosePin(stage.folder(), pin);
    booth = await stage.launchForAll({ printers: opened.printers });
    guest = createGuest(booth, 'fr');
  });
  beforeEach(() => booth.startAfresh());
  afterAll(() => opened?.close());

  const where = () => guest.t('kiosk.print.where.right');
  const heading = (...text: Parameters<Guest['t']>) =>
    booth.page.getByRole('heading', { level: 1, name: guest.t(...text) });
  const untilTold = (...text: Parameters<Guest['t']>) => heading(...text).waitFor({ timeout: printerLimitMs });
  const pagesKept = () => readdir(path.join(libraryDirOf(stage.folder()), 'prints'));

  /** From the attract screen to the sheet of the photo that was found. @returns the page on show */
  async function askForSheet(): Promise<string> {
    expect(await guest.findPhotos()).toBe('results');
    await booth.page.locator('[data-photo]').first().click();
    await guest.tap('kiosk.print.photo');
    await booth.waitForScreen('printSheet');
    return guest.shownSheet(1);
  }

  async function signedIn(): Promise<Crew> {
    const crew = createCrew(await openStation(booth), 'fr');
    await crew.signIn();
    return crew;
  }
  async function goHome(crew: Crew): Promise<void> {
    await crew.tap('frame.leave');
    await untilStationIsClosed(booth);
  }

  it('lets a guest choose a sheet, and brings exactly that into the tray, so often as was asked for', async () => {
    const first = await askForSheet();
    await booth.page.getByRole('button', { name: 'Avec une marge' }).click();
    const shown = await guest.shownSheet(1, first);
    await guest.tap('kiosk.print.more');
    await guest.tap('kiosk.print.print', { count: 2 });
    await booth.waitForScreen('printing');
    await untilTold('kiosk.print.go', { count: 2, where: where() });
    await untilTold('kiosk.print.done', { count: 2, where: where() });
    expect(guest.t('kiosk.print.done', { count: 2, where: where() })).toMatch(/^Voilà/);

    expect(await printer.sheets()).toHaveLength(2);
    const jobs = await printer.jobs();
    expect(jobs.map(({ copies }) => copies)).toEqual([1, 1]);
    const [page, other] = [await fileOf(shown), await fileOf(first)];
    const documents = jobs.map(({ job }) => printer.documentOf(job));
    for (const document of documents) expect(await isOnlyPictureOf(document, page)).toBe(true);
    expect(await differenceOf(page, documents[0])).toBeLessThan(sameWithin);
    expect(await differenceOf(other, documents[0])).toBeGreaterThan(5 * sameWithin);

    // The sheet that was only looked at goes with the guest.
    expect(await pagesKept()).toHaveLength(2);
    await guest.tap('kiosk.results.finish');
    await booth.waitForScreen(['finish', 'goodbye']);
    await booth.startAfresh();
    await expect.poll(pagesKept).toEqual([path.basename(shown)]);
  });

  it('tells guest and crew that there is no paper, and goes on by itself; the next guest sees nothing of it', async () => {
    const before = (await printer.sheets()).length;
    await printer.setMood('no-paper');
    await askForSheet();
    await guest.tap('kiosk.print.print', { count: 1 });
    await booth.waitForScreen('printing');
    await untilTold('kiosk.print.noPaper');
    await booth.page.getByText(guest.t('kiosk.print.heldUpLead', { count: 1 })).waitFor();

    const crew = await signedIn();
    const trouble = guest.t('fault.printer.no-paper');
    await crew.page.getByText(crew.t('notices.notice.printer-trouble', { printer: printerLabel, trouble })).waitFor();
    await crew.openView('prints');
    await crew.page.getByRole('heading', { name: printerLabel }).waitFor();
    await crew.page.locator('main').getByText(trouble, { exact: true }).first().waitFor();
    const orders = crew.page.getByRole('region', { name: crew.t('prints.orders') });
    await orders.getByText(crew.t('prints.orderStates.held-up')).waitFor();
    await goHome(crew);

    // Whoever goes is told that the print comes; whoever comes has nothing to do with it.
    await guest.tap('kiosk.results.finish');
    await booth.waitForScreen(['finish', 'goodbye']);
    await booth.startAfresh();
    const second = await askForSheet();
    for (const text of [guest.t('kiosk.print.noPaper'), guest.t('kiosk.print.heldUp'), '/ 2'])
      expect(await booth.page.getByText(text).count()).toBe(0);
    await guest.tap('kiosk.print.print', { count: 1 });
    await untilTold('kiosk.print.noPaper');

    await printer.setMood('normal');
    await untilTold('kiosk.print.done', { count: 1, where: where() });
    expect(await printer.sheets()).toHaveLength(before + 2);
    const jobs = await printer.jobs();
    expect(await isOnlyPictureOf(printer.documentOf(jobs.at(-1)?.job ?? 0), await fileOf(second))).toBe(true);

    const later = await signedIn();
    await expect.poll(() => later.page.getByText(printerLabel).count()).toBe(0);
    await goHome(later);
  });

  it('shows nothing of printing once the crew has switched it off, and prints no more', async () => {
    const before = (await printer.sheets()).length;
    await askForSheet();
    await booth.page.getByRole('button', { name: 'Avec une marge' }).click();
    const crew = await signedIn();
    await crew.openView('events');
    await crew.tap('events.edit');
    await crew.page.getByRole('switch', { name: crew.t('events.permissions.print') }).click();
    await crew.tap('save');
    await crew.button('saved').waitFor();
    await goHome(crew);

    expect(await booth.waitForScreen('results')).toBe('results');
    expect(await guest.button('kiosk.print.ask').count()).toBe(0);
    await booth.page.locator('[data-photo]').first().click();
    await guest.button('kiosk.viewer.notMe').waitFor();
    expect(await guest.button('kiosk.print.photo').count()).toBe(0);
    expect(await printer.sheets()).toHaveLength(before);
  });

  /** A page as the window has it. */
  async function fileOf(address: string): Promise<Buffer> {
    const bytes = await booth.app.evaluate(async ({ BrowserWindow }, asked) => {
      const answer = await BrowserWindow.getAllWindows()[0].webContents.session.fetch(asked);
      return Buffer.from(await answer.arrayBuffer()).toString('base64');
    }, address);
    return Buffer.from(bytes, 'base64');
  }
});

/** Whether a document shows this JPEG and no other, byte for byte. */
async function isOnlyPictureOf(document: string, page: Buffer): Promise<boolean> {
  const bytes = await readFile(document);
  return bytes.includes(page) && bytes.toString('latin1').split('/DCTDecode').length === 2;
}

/** Another decoder rounds otherwise, most of all in letters' edges. */
const sameWithin = 2;

/** Between a page and a document, as a printer of 300 dpi would draw it: the mean of what is red, green and blue in the pixels, 0 to 255. */
async function differenceOf(page: Buffer, document: string): Promise<number> {
  const target = path.join(await temporaryFolder(), 'page');
  await run('pdftoppm', ['-r', '300', '-png', '-singlefile', document, target]);
  const { data: printed, info } = await sharp(`${target}.png`)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = await sharp(page).metadata();
  // One that lies is on upright paper all the same.
  const shown = await sharp(page)
    .rotate(width > height ? 90 : 0)
    .raw()
    .toBuffer();
  expect([info.width, info.height]).toEqual([Math.min(width, height), Math.max(width, height)]);
  expect(shown).toHaveLength(printed.length);
  let sum = 0;
  for (let at = 0; at < printed.length; at += 1) sum += Math.abs(printed.readUInt8(at) - shown.readUInt8(at));
  return sum / printed.length;
}
