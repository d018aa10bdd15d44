// From the photo on a window's screen to paper in a tray: the whole booth behind its windows, and a real CUPS with printers that have their moods.
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PrintHouse } from '../../main/core/printing/index.ts';
import { createCupsSpooler } from '../../main/core/printing/spoolers/cups/index.ts';
import { readCode } from '../../main/workers/vision/readCode.ts';
import { phonePaths, type EventSettings } from '../../preload/index.ts';
import { codeOf, valueOf } from '../fixtures/core.ts';
import { cupsLacks, startCups, type FolderPrinter, type PrivateCups } from '../fixtures/cups/cups.ts';
import {
  findGuest,
  searchedBooth,
  signIn,
  startDesk,
  type KioskWindow,
  type StaffWindow,
  type TestDesk,
} from '../fixtures/desk.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { templatesDir } from '../fixtures/pack.ts';
import { guestsPhoto } from '../fixtures/cameraFile.ts';

if (cupsLacks !== undefined) console.warn(`printing is not tested here: ${cupsLacks} is missing`);

describe.skipIf(cupsLacks !== undefined)('printing', () => {
  const searched = searchedBooth([guestsPhoto, 6]);
  let cupsFolder: string;
  let cups: PrivateCups;
  let left: FolderPrinter;
  let right: FolderPrinter;

  beforeAll(async () => {
    cupsFolder = await makeFolder();
    cups = await startCups(cupsFolder);
    left = await cups.addPrinter({ name: 'left', label: 'Left of the booth' });
    right = await cups.addPrinter({ name: 'right', label: 'Right of the booth' });
  });
  afterAll(async () => {
    await cups.stop();
    await removeFolder(cupsFolder);
  });

  const printHouse = (): PrintHouse => {
    vi.stubEnv('CUPS_SERVER', cups.environment.CUPS_SERVER);
    onTestFinished(() => void vi.unstubAllEnvs());
    return { templatesDir, spooler: createCupsSpooler({ owner: 'test', log: pino({ level: 'silent' }) }) };
  };

  interface Hall {
    desk: TestDesk;
    staff: StaffWindow;
    kiosk: KioskWindow;
  }

  /** A booth whose crew has signed in; both printers are well and have nothing to do. */
  async function openHall(
    settings: { print?: Partial<EventSettings['print']>; may?: object; phones?: object } = {},
  ): Promise<Hall> {
    const folder = await searched();
    for (const printer of [left, right]) await printer.setMood('normal');
    const { phones = { isOn: false } } = settings;
    const desk = await startDesk(folder, { printHouse: printHouse(), phones });
    const staff = desk.openStaff();
    await signIn(staff);
    const [event] = valueOf(await staff.ask('events:list', {}));
    const { print, may, ...others } = event.settings;
    valueOf(
      await staff.ask('events:update', {
        ...{ id: event.id, code: event.code },
        settings: { ...others, print: { ...print, ...settings.print }, may: { ...may, ...settings.may } },
      }),
    );
    const kiosk = desk.openKiosk();
    return { desk, staff, kiosk };
  }

  const until = <T>(work: () => Promise<T> | T, timeout = 20_000): Promise<T> =>
    vi.waitFor(work, { timeout, interval: 50 });

  const offered = (kiosk: KioskWindow) =>
    until(async () => valueOf(await kiosk.ask('kiosk:open', {})).print ?? expect.fail('nothing is offered'));

  /** A guest who was found, with the sheet that they look at. */
  async function guestWithPage(kiosk: KioskWindow, templateId = 'full') {
    await offered(kiosk);
    const { visitId, found } = await findGuest(kiosk);
    const photoId = found.sure[0]?.id ?? expect.fail('nobody is found');
    const page = valueOf(await kiosk.ask('print:page', { visitId, templateId, photoIds: [photoId] }));
    return { visitId, photoId, page };
  }

  const progressOf = (kiosk: KioskWindow, orderId: string) =>
    kiosk.told('print:progress').filter((progress) => progress.orderId === orderId);
  const untilProgress = (kiosk: KioskWindow, orderId: string, wanted: object) =>
    until(() => expect(progressOf(kiosk, orderId).at(-1)).toMatchObject(wanted));

  const sheetsSince = async (before: number) =>
    (await Promise.all([left, right].map((printer) => printer.sheets()))).flat().length - before;

  it('brings what a guest looks at into the tray, each sheet once', async () => {
    const { desk, kiosk } = await openHall();
    const before = await sheetsSince(0);
    const { templates, pickUp } = await offered(kiosk);
    expect(pickUp).toBe('right');
    expect(templates.length).toBeGreaterThan(3);
    const { visitId, photoId, page } = await guestWithPage(kiosk);
    expect([page.width, page.height].sort()).toEqual([1200, 1800]);
    await access(path.join(desk.libraryDir, 'prints', `${page.id}.jpg`));

    const order = valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 3 }));
    expect(order).toMatchObject({ sheets: 3, printed: 0 });
    await untilProgress(kiosk, order.orderId, { state: 'printed', printed: 3 });
    expect(await sheetsSince(before)).toBe(3);
    // The page is drawn once, and is the same for whoever asks for it again.
    const again = valueOf(await kiosk.ask('print:page', { visitId, templateId: 'full', photoIds: [photoId] }));
    expect(again).toEqual(page);
  });

  it('prints in the order in which it was asked, whoever asks', async () => {
    const { kiosk, staff } = await openHall();
    valueOf(await staff.ask('prints:use', { printer: 'right', isUsed: false }));
    const { visitId, photoId, page } = await guestWithPage(kiosk);
    const before = (await left.sheets()).length;
    const crewsPage = valueOf(await staff.ask('prints:page', { templateId: 'border', photoIds: [photoId] }));
    const orders = [
      valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 2 })),
      valueOf(await staff.ask('prints:order', { pageId: crewsPage.id, copies: 2 })),
      valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 1 })),
    ].map(({ orderId }) => orderId.slice(0, 8));
    await until(async () => expect((await left.sheets()).length).toBe(before + 5));
    const [first, second, third] = orders;
    expect((await left.sheets()).slice(before).map(({ title }) => title.split(' ').at(-1))).toEqual([
      `${first}-1`,
      `${first}-2`,
      `${second}-1`,
      `${second}-2`,
      `${third}-1`,
    ]);
    const { printed } = valueOf(await staff.ask('prints:open', {}));
    expect(printed).toBeGreaterThanOrEqual(4);
  });

  it('asks the crew of a printer that tells nothing, until it knows that', async () => {
    const silent = await cups.addPrinter({ name: 'silent' });
    await silent.setMood('dies-untold');
    const { kiosk, staff } = await openHall();
    for (const printer of ['left', 'right']) valueOf(await staff.ask('prints:use', { printer, isUsed: false }));
    await until(async () => {
      const { printers } = valueOf(await staff.ask('prints:open', {}));
      expect(printers.map(({ name }) => name)).toContain('silent');
    });
    const { visitId, page } = await guestWithPage(kiosk);
    const order = async () => valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 1 })).orderId;
    for (let times = 0; times < 3; times++) {
      const orderId = await order();
      await untilProgress(kiosk, orderId, { state: 'asked' });
      const [{ sheets }] = valueOf(await staff.ask('prints:open', {})).orders;
      expect(sheets[0]).toMatchObject({ state: 'unclear', trouble: { code: 'print.outcome-untold' } });
      valueOf(await staff.ask('prints:answer', { sheetId: sheets[0].id, cameOut: true }));
      await untilProgress(kiosk, orderId, { state: 'printed' });
    }
    await untilProgress(kiosk, await order(), { state: 'printed' });
    expect(await silent.sheets()).toHaveLength(4);
    await cups.tell('lpadmin', '-x', 'silent');
  });

  it('keeps to what an event allows, counting sheets and not orders', async () => {
    const { kiosk } = await openHall({ print: { mostPerGuest: 3 } });
    const { visitId, page } = await guestWithPage(kiosk);
    const orderOf = (copies: number) => kiosk.ask('print:order', { visitId, pageId: page.id, copies });
    expect(valueOf(await kiosk.ask('print:allowance', { visitId }))).toEqual({ left: 3, limit: 'guest' });
    expect(codeOf(await orderOf(4))).toBe('print.guest-limit');
    valueOf(await orderOf(2));
    expect(valueOf(await kiosk.ask('print:allowance', { visitId }))).toEqual({ left: 1, limit: 'guest' });
    expect(codeOf(await orderOf(2))).toBe('print.guest-limit');
    valueOf(await orderOf(1));
    expect(codeOf(await orderOf(1))).toBe('print.guest-limit');
  });

  it('offers nothing where printing is switched off, and draws nothing either', async () => {
    const { kiosk } = await openHall({ may: { print: false } });
    const { visitId, found } = await findGuest(kiosk);
    expect(valueOf(await kiosk.ask('kiosk:open', {})).print).toBeUndefined();
    const photoIds = [found.sure[0]?.id ?? 0];
    expect(codeOf(await kiosk.ask('print:page', { visitId, templateId: 'full', photoIds }))).toBe('print.off');
  });

  it('prints for a guest only what they were shown, and only their own page', async () => {
    const { kiosk, desk } = await openHall();
    const { visitId, photoId, page } = await guestWithPage(kiosk);
    const other = photoId === 1 ? 2 : 1;
    expect(codeOf(await kiosk.ask('print:page', { visitId, templateId: 'full', photoIds: [other] }))).toBe(
      'print.wrong-photos',
    );
    expect(codeOf(await kiosk.ask('print:page', { visitId, templateId: 'strip', photoIds: [photoId] }))).toBe(
      'print.wrong-photos',
    );
    const next = await findGuest(kiosk);
    expect(codeOf(await kiosk.ask('print:order', { visitId: next.visitId, pageId: page.id, copies: 1 }))).toBe(
      'print.page-unknown',
    );
    // Whoever has left without asking for it leaves no picture behind.
    await until(async () => expect(await readdir(path.join(desk.libraryDir, 'prints'))).toEqual([]));
  });

  it('opens the gallery that a sheet leads to once it is printed, and keeps the way there nowhere', async () => {
    const { desk, kiosk, staff } = await openHall({ phones: { host: '127.0.0.1', port: 0, address: '127.0.0.1' } });
    const { visitId, page } = await guestWithPage(kiosk, 'link');
    const file = path.join(desk.libraryDir, 'prints', `${page.id}.jpg`);
    const { text: url = '' } = valueOf(await readCode(file, 1e8));
    const { origin, pathname } = new URL(url);
    const gallery = async () =>
      (await fetch(`${origin}${phonePaths.gallery(pathname.split('/').at(-1) ?? '')}`)).status;
    const today = async () => valueOf(await staff.ask('visits:today', {})).at(0);
    expect(await gallery()).toBe(401);
    expect(await today()).toMatchObject({ hasCode: false, hasLink: false });

    const { orderId } = valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 1 }));
    expect(await gallery()).toBe(200);
    expect(await today()).toMatchObject({ hasCode: true, hasLink: true });
    await untilProgress(kiosk, orderId, { state: 'printed' });
    await until(async () => expect(await readdir(path.dirname(file))).toEqual([]));
    expect(codeOf(await staff.ask('prints:again', { orderId, copies: 1 }))).toBe('print.page-unknown');
  });

  it('takes vouchers for so many sheets as they are good for', async () => {
    const { kiosk, staff } = await openHall({ print: { access: 'voucher' } });
    const [{ code }] = valueOf(await staff.ask('vouchers:make', { count: 1, sheets: 2 }));
    const { visitId, page } = await guestWithPage(kiosk);
    const orderWith = (copies: number, voucher?: string) =>
      kiosk.ask('print:order', { visitId, pageId: page.id, copies, ...(voucher === undefined ? {} : { voucher }) });
    expect(codeOf(await orderWith(1))).toBe('print.voucher-missing');
    expect(codeOf(await orderWith(1, '0000 0000'))).toBe('print.voucher-unknown');
    expect(codeOf(await orderWith(3, code))).toBe('print.voucher-used-up');
    valueOf(await orderWith(2, ` ${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`));
    expect(codeOf(await orderWith(1, code))).toBe('print.voucher-used-up');
    expect(valueOf(await staff.ask('vouchers:list', {}))).toEqual([{ code, sheets: 2, used: 2 }]);
  });

  it('waits for the money where prints are paid', async () => {
    const { kiosk, staff } = await openHall({ print: { access: 'paid', price: '2 €' } });
    expect(await offered(kiosk)).toMatchObject({ access: 'paid', price: '2 €' });
    const { visitId, page } = await guestWithPage(kiosk);
    const { orderId, state } = valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 1 }));
    expect(state).toBe('unpaid');
    valueOf(await staff.ask('prints:paid', { orderId }));
    await untilProgress(kiosk, orderId, { state: 'printed' });
  });

  it('says that there is no paper, and goes on by itself once there is', async () => {
    const { kiosk, staff } = await openHall();
    valueOf(await staff.ask('prints:use', { printer: 'right', isUsed: false }));
    await left.setMood('no-paper');
    const { visitId, page } = await guestWithPage(kiosk);
    const { orderId } = valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 1 }));
    await untilProgress(kiosk, orderId, { state: 'held-up', trouble: { code: 'printer.no-paper' } });
    const { printers } = valueOf(await staff.ask('prints:open', {}));
    expect(printers.find(({ name }) => name === 'left')).toMatchObject({
      label: 'Left of the booth',
      troubles: [{ code: 'printer.no-paper' }],
    });
    const { notices } = valueOf(await staff.ask('frame:open', {}));
    expect(notices.map(({ code }) => code)).toContain('notice.printer-trouble');
    await left.setMood('normal');
    await untilProgress(kiosk, orderId, { state: 'printed' });
    await until(async () => {
      const frame = valueOf(await staff.ask('frame:open', {}));
      expect(frame.notices.map(({ code }) => code)).not.toContain('notice.printer-trouble');
    });
  });

  it('lets the crew send a sheet that is stuck to another printer, and print an order once more', async () => {
    const { kiosk, staff } = await openHall();
    valueOf(await staff.ask('prints:use', { printer: 'right', isUsed: false }));
    await left.setMood('no-paper');
    const { visitId, page } = await guestWithPage(kiosk);
    const { orderId } = valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 1 }));
    await untilProgress(kiosk, orderId, { state: 'held-up' });
    const before = await sheetsSince(0);
    const beforeRight = (await right.sheets()).length;
    valueOf(await staff.ask('prints:use', { printer: 'right', isUsed: true }));
    const [order] = valueOf(await staff.ask('prints:open', {})).orders;
    valueOf(await staff.ask('prints:send', { sheetId: order.sheets[0].id, printer: 'right' }));
    await untilProgress(kiosk, orderId, { state: 'printed' });
    expect((await right.sheets()).length).toBe(beforeRight + 1);
    await left.setMood('normal');
    const more = valueOf(await staff.ask('prints:again', { orderId, copies: 2 }));
    await untilProgress(kiosk, more.orderId, { state: 'printed', printed: 2 });
    expect(await sheetsSince(before)).toBe(3);
    const actions = valueOf(await staff.ask('audit:page', {})).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['print.sent', 'print.again', 'printer.unused', 'printer.used']));
  });

  it('prints nothing of an order that the crew cancels before it comes out', async () => {
    const { kiosk, staff } = await openHall();
    for (const printer of [left, right])
      valueOf(await staff.ask('prints:pause', { printer: printer.name, isPaused: true }));
    const before = await sheetsSince(0);
    const { visitId, page } = await guestWithPage(kiosk);
    const { orderId } = valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 2 }));
    await untilProgress(kiosk, orderId, { state: 'held-up' });
    valueOf(await staff.ask('prints:cancel', { orderId }));
    await untilProgress(kiosk, orderId, { state: 'cancelled' });
    for (const printer of [left, right])
      valueOf(await staff.ask('prints:pause', { printer: printer.name, isPaused: false }));
    const { orderId: next } = valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 1 }));
    await untilProgress(kiosk, next, { state: 'printed' });
    expect(await sheetsSince(before)).toBe(1);
  });

  it('goes on after a restart where it was, without a lost or a doubled sheet', async () => {
    const { desk, kiosk, staff } = await openHall();
    await Promise.all([left, right].map((printer) => printer.setMood('no-paper')));
    const before = await sheetsSince(0);
    const { visitId, page } = await guestWithPage(kiosk);
    const { orderId } = valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 4 }));
    await untilProgress(kiosk, orderId, { state: 'held-up' });
    expect(valueOf(await staff.ask('prints:open', {})).orders).toHaveLength(1);
    await desk.stop();
    // Two of them were with the printers, and come out while nobody looks.
    await Promise.all([left, right].map((printer) => printer.setMood('normal')));
    await until(async () => expect(await sheetsSince(before)).toBe(2));

    const again = await startDesk(path.dirname(desk.libraryDir), { printHouse: printHouse() });
    const later = again.openStaff();
    await signIn(later);
    await until(async () => {
      const { orders, printed } = valueOf(await later.ask('prints:open', {}));
      expect(orders[0]?.sheets.map(({ state }) => state)).toEqual(['printed', 'printed', 'printed', 'printed']);
      expect(printed).toBe(4);
    });
    expect(await sheetsSince(before)).toBe(4);
  });

  it('forgets with a guest who is erased what was to be printed for them', async () => {
    const { desk, kiosk, staff } = await openHall();
    for (const printer of [left, right])
      valueOf(await staff.ask('prints:pause', { printer: printer.name, isPaused: true }));
    const { visitId, page } = await guestWithPage(kiosk);
    const { orderId } = valueOf(await kiosk.ask('print:order', { visitId, pageId: page.id, copies: 2 }));
    valueOf(await kiosk.ask('visit:erase', { visitId, withFaces: false }));
    const [order] = valueOf(await staff.ask('prints:open', {})).orders;
    expect(order.orderId).toBe(orderId);
    expect(order.page).toBeUndefined();
    expect(order.sheets.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    await until(async () => expect(await readdir(path.join(desk.libraryDir, 'prints'))).toEqual([]));
    expect(codeOf(await staff.ask('prints:again', { orderId, copies: 1 }))).toBe('print.page-unknown');
    for (const printer of [left, right])
      valueOf(await staff.ask('prints:pause', { printer: printer.name, isPaused: false }));
  });
});
