// Sheets go to a real CUPS, to printers that behave as dye-subs do.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createCupsSpooler } from '../../main/core/printing/spoolers/cups/index.ts';
import type { JobState, Media, PrintDocument, Spooler } from '../../main/core/printing/spoolers/spooler.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { valueOf } from '../fixtures/core.ts';
import { cupsLacks, startCups, type FolderPrinter, type PrivateCups } from '../fixtures/cups/cups.ts';
import { makeFolder, removeFolder, temporaryFolder } from '../fixtures/folders.ts';

if (cupsLacks !== undefined) console.log(`Printing with CUPS is not tested: ${cupsLacks} is not there.`);

const run = promisify(execFile);
const log = pino({ level: 'silent' });
const postcard: Media = { name: 'na_index-4x6_4x6in', widthMm: 101.6, heightMm: 152.4 };

let folder: string;
let cups: PrivateCups;
let printer: FolderPrinter;
let spooler: Spooler;
let sheet: PrintDocument;
let number = 0;

/** A sheet of 4x6 inches at 300 dpi on which every place looks different; upright unless told. */
async function sheetFile(isLying = false): Promise<string> {
  const [width, height] = isLying ? [1800, 1200] : [1200, 1800];
  const corner = (colour: string, left: number, top: number) => ({
    input: { create: { width: 300, height: 200, channels: 3 as const, background: colour } },
    left,
    top,
  });
  const file = path.join(folder, isLying ? 'lying.jpg' : 'upright.jpg');
  await sharp({
    create: { width, height, channels: 3, background: '#777', noise: { type: 'gaussian', mean: 128, sigma: 20 } },
  })
    .blur(3)
    .composite([corner('#e22', 0, 0), corner('#2e2', width - 300, 0), corner('#22e', 0, height - 200)])
    .jpeg({ quality: 95 })
    .toFile(file);
  return file;
}

const titled = (title: string): PrintDocument => ({ ...sheet, title });

const jobId = (job: string): number => Number.parseInt(job, 10);

/** A job that a spooler has, held. */
async function submitted(by = spooler, to = printer): Promise<string> {
  number += 1;
  return valueOf(await by.submit(to.name, titled(`sheet ${String(number)}`))).job;
}

/** A job that was let go. */
async function printing(by = spooler, to = printer): Promise<string> {
  const job = await submitted(by, to);
  valueOf(await by.release(job));
  return job;
}

const until = <T>(look: () => Promise<T>, timeout = 8_000) => vi.waitFor(look, { timeout, interval: 40 });

const untilJob = (job: string, at: JobState['at'], by = spooler) =>
  until(async () => {
    const state = valueOf(await by.job(job));
    expect(state.at).toBe(at);
    return state;
  });

const tell = async (program: string, ...given: string[]): Promise<void> => {
  await cups.tell(program, ...given);
};

const printerNow = async (name = printer.name) => valueOf(await spooler.printers()).find((each) => each.name === name);

const troublesNow = async () => (await printerNow())?.troubles.map(({ code }) => code);

const timesOut = async (job: string) => {
  const title = job.slice(job.indexOf(' ') + 1);
  return (await printer.sheets()).filter((each) => each.title === title).length;
};

/** Pixels of the first page of a document, as a printer of 300 dpi would draw it. */
async function rendered(document: string): Promise<{ width: number; height: number; pixels: Buffer }> {
  const target = path.join(await temporaryFolder(), 'page');
  await run('pdftoppm', ['-r', '300', '-singlefile', document, target]);
  const ppm = await readFile(`${target}.ppm`);
  // `P6`, width, height and the largest value, each followed by one space (ppm(5)); then red, green and blue of each pixel.
  const [head = '', width, height] = /^P6\s(\d+)\s(\d+)\s255\s/.exec(ppm.toString('latin1', 0, 30)) ?? [];
  return { width: Number(width), height: Number(height), pixels: ppm.subarray(head.length) };
}

/** Of what is red, green and blue in the pixels, 0 to 255. */
function meanDifference(a: Buffer, b: Buffer): number {
  let sum = Math.abs(a.length - b.length) * 255;
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) sum += Math.abs(a.readUInt8(at) - b.readUInt8(at));
  return sum / a.length;
}

const openFiles = () => readdirSync('/proc/self/fd').length;

describe.skipIf(cupsLacks !== undefined)('CUPS', () => {
  beforeAll(async () => {
    folder = await makeFolder();
    cups = await startCups(folder);
    printer = await cups.addPrinter({ name: 'booth', label: 'The booth’s own' });
    spooler = createCupsSpooler({ owner: 'booth-1', log, server: cups.environment.CUPS_SERVER });
    sheet = { title: '', picture: await sheetFile(), widthMm: 101.6, heightMm: 152.4, media: postcard };
  });
  beforeEach(() => printer.setMood('normal'));
  afterAll(async () => {
    await cups.stop();
    await removeFolder(folder);
  });

  describe('its printers', () => {
    it('are known with their media, and how they are', async () => {
      await cups.addPrinter({ name: 'fine', dpi: 720, media: [{ name: 'w288h432', widthPt: 288, heightPt: 432 }] });
      onTestFinished(() => tell('lpadmin', '-x', 'fine'));
      await cups.tell('lpadmin', '-d', 'booth');
      await untilJob(await printing(), 'printed');
      expect(await printerNow()).toEqual({
        name: 'booth',
        label: 'The booth’s own',
        isDefault: true,
        state: 'idle',
        troubles: [],
        supplies: [{ name: '4x6 ribbon', percent: 99 }],
        sheetsLeft: 399,
        isAccepting: true,
        media: [
          postcard,
          { name: 'na_5x7_5x7in', widthMm: 127, heightMm: 177.8 },
          { name: 'custom_6x6in_6x6in', widthMm: 152.4, heightMm: 152.4 },
          { name: 'na_index-4x6-ext_6x8in', widthMm: 152.4, heightMm: 203.2 },
        ],
        dpi: 300,
      });
      expect(await printerNow('fine')).toMatchObject({ isDefault: false, dpi: 720, media: [postcard], supplies: [] });
    });

    it('take nothing where they are told not to', async () => {
      await cups.tell('cupsreject', 'booth');
      expect(await printerNow()).toMatchObject({ isAccepting: false });
      const refused = await spooler.submit('booth', titled('no'));
      await cups.tell('cupsaccept', 'booth');
      expect(refused).toMatchObject({ ok: false, fault: { code: 'print.refused' } });
      expect(refused.ok ? '' : refused.fault.detail).toMatch(/not accepting/);
    });

    it.each(['nobody', '-d', '', 'a b', 'x/y', '-', 'Büro'])('do not include “%s”', async (name) => {
      expect(await spooler.submit(name, titled('no'))).toMatchObject({ ok: false, fault: { code: 'printer.missing' } });
      expect(await spooler.resume(name)).toMatchObject({ ok: false });
    });
  });

  describe('a sheet', () => {
    it('is held until it is let go, and comes out once', async () => {
      const job = await submitted();
      expect(valueOf(await spooler.job(job))).toEqual({ at: 'held' });
      expect(await timesOut(job)).toBe(0);
      valueOf(await spooler.release(job));
      valueOf(await spooler.release(job));
      await untilJob(job, 'printed');
      valueOf(await spooler.release(job));
      expect(valueOf(await spooler.job(job))).toEqual({ at: 'printed' });
      expect(await timesOut(job)).toBe(1);
    });

    it.each([
      ['upright', false],
      ['lying', true],
    ])('reaches the printer to the pixel, %s', async (_, isLying) => {
      const picture = await sheetFile(isLying);
      const size = isLying ? { widthMm: 152.4, heightMm: 101.6 } : {};
      const { job } = valueOf(await spooler.submit('booth', { ...titled('pixels'), picture, ...size }));
      valueOf(await spooler.release(job));
      await untilJob(job, 'printed');

      const page = await rendered(printer.documentOf(jobId(job)));
      expect(page).toMatchObject({ width: 1200, height: 1800 });
      const upright = await sharp(picture)
        .rotate(isLying ? 90 : 0)
        .raw()
        .toBuffer();
      expect(meanDifference(page.pixels, upright)).toBeLessThan(1);
    });

    it('is told its size, and one of it is made', async () => {
      const media = { name: 'na_5x7_5x7in', widthMm: 127, heightMm: 177.8 };
      const { job } = valueOf(await spooler.submit('booth', { ...titled('size'), media }));
      valueOf(await spooler.release(job));
      await untilJob(job, 'printed');
      const told = (await printer.jobs()).find((each) => each.job === jobId(job));
      expect(told).toMatchObject({ copies: 1 });
      expect(told?.options.split(' ')).toEqual(
        expect.arrayContaining(['media=na_5x7_5x7in', 'PageSize=w360h504', 'print-scaling=none', 'number-up=1']),
      );
      const page = await rendered(printer.documentOf(jobId(job)));
      expect(page).toMatchObject({ width: 1500, height: 2100 });
    });

    it.each([
      ['quotes', `'"; touch x`],
      ['a shell’s', '$(reboot) `id` && |'],
      ['options', '-o raw'],
      ['two lines', 'two\nlines'],
      ['accents', 'Zoë 🎉'],
      ['signs', '%s\\'],
      ['length', 'x'.repeat(400)],
    ])('may be called anything: %s', async (_, title) => {
      const { job } = valueOf(await spooler.submit('booth', titled(title)));
      expect(valueOf(await spooler.job(job))).toEqual({ at: 'held' });
      valueOf(await spooler.release(job));
      await untilJob(job, 'printed');
      expect(await timesOut(job)).toBe(1);
      expect((await printer.sheets()).at(-1)?.title.startsWith('FindMe booth-1 ')).toBe(true);
    });

    it('leaves no file behind, and none open', async () => {
      const temporary = await temporaryFolder();
      vi.stubEnv('TMPDIR', temporary);
      onTestFinished(() => void vi.unstubAllEnvs());
      const before = openFiles();
      const job = await submitted();
      await spooler.printers();
      valueOf(await spooler.cancel(job));
      await vi.waitFor(() => {
        expect(openFiles()).toBeLessThanOrEqual(before);
      });
      expect(readdirSync(temporary)).toEqual([]);
    });
  });

  describe('a printer that has to be seen to', () => {
    it.each([
      ['no-paper', 'printer.no-paper'],
      ['no-ribbon', 'printer.no-ribbon'],
      ['cover-open', 'printer.cover-open'],
      ['offline', 'printer.offline'],
    ] as const)('says so, and goes on by itself: %s', async (mood, code) => {
      await printer.setMood(mood);
      const job = await printing();
      await until(async () => expect(await troublesNow()).toEqual([code]));
      expect(valueOf(await spooler.job(job))).toEqual({ at: 'printing' });
      await printer.setMood('normal');
      await untilJob(job, 'printed');
      expect(await troublesNow()).toEqual([]);
      expect(await timesOut(job)).toBe(1);
    });

    it('may stop, and be started', async () => {
      await printer.setMood('no-paper-stops');
      const job = await printing();
      await until(async () =>
        expect(await printerNow()).toMatchObject({
          state: 'stopped',
          troubles: [{ code: 'printer.no-paper' }, { code: 'printer.stopped' }],
        }),
      );
      expect(valueOf(await spooler.job(job))).toEqual({ at: 'waiting' });
      await printer.setMood('normal');
      valueOf(await spooler.resume('booth'));
      await untilJob(job, 'printed');
      expect(await timesOut(job)).toBe(1);
    });

    it('may put a job off, which is not as if it had not been let go', async () => {
      const hasty = createCupsSpooler({ owner: 'booth-1', log, server: cups.environment.CUPS_SERVER, putOffS: 1 });
      await printer.setMood('no-paper-holds');
      const job = await printing(hasty);
      await until(async () => expect(await cups.tell('lpstat', '-o', 'booth')).toContain(`-${String(jobId(job))} `));
      await until(async () => expect(await troublesNow()).toEqual(['printer.no-paper']));
      await untilJob(job, 'waiting');
      valueOf(await spooler.cancelHeldExcept([]));
      expect(valueOf(await spooler.job(job))).toEqual({ at: 'waiting' });
      await printer.setMood('normal');
      await untilJob(job, 'printed', hasty);
      expect(await timesOut(job)).toBe(1);
    });
  });

  describe('a sheet that goes wrong', () => {
    it.each([
      ['jams', { at: 'failed', detail: 'Paper jam' }],
      ['crashes', { at: 'failed', detail: 'Backend failed' }],
      ['refuses', { at: 'cancelled' }],
      // CUPS has it as done. It knows of other sheets that this printer tells of what it does.
      ['dies', { at: 'unknown' }],
    ] as const)('and does not come out: %s', async (mood, state) => {
      await printer.setMood(mood);
      const job = await printing();
      await until(async () => expect(valueOf(await spooler.job(job))).toEqual(state));
      expect(await timesOut(job)).toBe(0);
    });

    it('in the middle', async () => {
      await printer.setMood('normal', 5);
      const job = await printing();
      await untilJob(job, 'printing');
      await printer.setMood('jams');
      await untilJob(job, 'failed');
      expect(await troublesNow()).toEqual(['printer.jammed']);
      expect(await timesOut(job)).toBe(0);
    });

    it.each(['fails-after', 'dies-after'] as const)('and has come out all the same: %s', async (mood) => {
      await printer.setMood(mood);
      const job = await printing();
      await untilJob(job, 'printed');
      expect(await timesOut(job)).toBe(1);
    });

    it('is asked about where nobody knows', async () => {
      await printer.setMood('dies-untold');
      const job = await printing();
      await untilJob(job, 'unknown');
      expect(await timesOut(job)).toBe(1);
    });

    it('does not come out again where its printer is told to try again', async () => {
      await cups.tell('lpadmin', '-p', 'booth', '-o', 'printer-error-policy=retry-job');
      onTestFinished(() => tell('lpadmin', '-p', 'booth', '-o', 'printer-error-policy=abort-job'));
      await printer.setMood('fails-after');
      const job = await printing();
      await untilJob(job, 'printed');
      await printer.setMood('jams');
      const next = await printing();
      await untilJob(next, 'waiting');
      expect(valueOf(await spooler.cancel(next))).toEqual({ at: 'cancelled' });
      expect(await cups.tell('lpstat', '-o', 'booth')).toBe('');
      expect([await timesOut(job), await timesOut(next)]).toEqual([1, 0]);
    });

    it('is not taken for printed where a filter counts the pages', async () => {
      const raster = await cups.addPrinter({ name: 'raster', isDrawnByFilter: true });
      onTestFinished(() => tell('lpadmin', '-x', 'raster'));
      await raster.setMood('jams');
      const job = await printing(spooler, raster);
      await untilJob(job, 'unknown');
      expect(await raster.sheets()).toEqual([]);
    });
  });

  describe('a sheet that is taken back', () => {
    it('before it was let go', async () => {
      const job = await submitted();
      expect(valueOf(await spooler.cancel(job))).toEqual({ at: 'cancelled' });
      expect(valueOf(await spooler.cancel(job))).toEqual({ at: 'cancelled' });
      valueOf(await spooler.release(job));
      expect(valueOf(await spooler.job(job))).toEqual({ at: 'cancelled' });
    });

    it('while it waits for another one', async () => {
      await printer.setMood('normal', 0.6);
      const [first, second] = [await printing(), await printing()];
      await untilJob(first, 'printing');
      expect(valueOf(await spooler.job(second))).toEqual({ at: 'waiting' });
      expect(valueOf(await spooler.cancel(second))).toEqual({ at: 'cancelled' });
      await untilJob(first, 'printed');
      expect([await timesOut(first), await timesOut(second)]).toEqual([1, 0]);
    });

    it('while it is printed', async () => {
      await printer.setMood('normal', 3);
      const job = await printing();
      await untilJob(job, 'printing');
      expect(valueOf(await spooler.cancel(job))).toEqual({ at: 'cancelled' });
      expect(await timesOut(job)).toBe(0);
    });

    it('comes out all the same from a printer that has begun', async () => {
      await printer.setMood('unstoppable', 0.8);
      const job = await printing();
      await until(async () => expect((await printer.jobs()).at(-1)?.job).toBe(jobId(job)));
      expect(valueOf(await spooler.cancel(job))).toEqual({ at: 'printed' });
      expect(await timesOut(job)).toBe(1);
    });

    it('if nobody knows of it, and it is ours', async () => {
      const other = createCupsSpooler({ owner: 'booth-2', log, server: cups.environment.CUPS_SERVER });
      const [known, stray, theirs] = [await submitted(), await submitted(), await submitted(other)];
      await printer.setMood('no-paper');
      const letGo = await printing();
      valueOf(await spooler.cancelHeldExcept([known]));
      expect(valueOf(await spooler.job(known))).toEqual({ at: 'held' });
      expect(valueOf(await spooler.job(stray))).toEqual({ at: 'cancelled' });
      expect(valueOf(await other.job(theirs))).toEqual({ at: 'held' });
      await printer.setMood('normal');
      await untilJob(letGo, 'printed');
      valueOf(await other.cancelHeldExcept([]));
      valueOf(await spooler.cancelHeldExcept([]));
      expect(valueOf(await other.job(theirs))).toEqual({ at: 'cancelled' });
    });
  });

  describe('its server', () => {
    it('does not know the job of another one that had the same number', async () => {
      const job = await submitted();
      expect(valueOf(await spooler.job(`${String(jobId(job))} FindMe booth-1 yesterday`))).toEqual({ at: 'unknown' });
      expect(valueOf(await spooler.job('999999 FindMe booth-1 x'))).toEqual({ at: 'unknown' });
      expect(valueOf(await spooler.cancel('not a job'))).toEqual({ at: 'unknown' });
      expect(await spooler.release('999999 FindMe booth-1 x')).toMatchObject({ ok: false });
      valueOf(await spooler.cancel(job));
    });

    it('may be gone, and knows its jobs when it is back', async () => {
      const [printed, held] = [await printing(), await submitted()];
      await untilJob(printed, 'printed');
      await cups.end();
      const gone = { ok: false, fault: { code: 'print.spooler-unreachable' } };
      expect(await spooler.printers()).toMatchObject(gone);
      expect(await spooler.submit('booth', titled('no'))).toMatchObject(gone);
      expect(await spooler.job(held)).toMatchObject(gone);
      expect(await spooler.release(held)).toMatchObject(gone);
      expect(await spooler.cancel(held)).toMatchObject(gone);
      expect(await spooler.cancelHeldExcept([])).toMatchObject(gone);
      expect(await spooler.resume('booth')).toMatchObject(gone);

      await cups.start();
      expect(valueOf(await spooler.job(printed))).toEqual({ at: 'printed' });
      expect(valueOf(await spooler.job(held))).toEqual({ at: 'held' });
      valueOf(await spooler.release(held));
      await untilJob(held, 'printed');
      expect(await timesOut(held)).toBe(1);
    });

    it.each([
      ['says nothing', undefined],
      ['hangs up', ''],
      ['speaks another language', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwhat'],
      ['breaks off', 'HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n\x02\0\0\0'],
    ])('may be none: one that %s', async (_, answer) => {
      const server = await listen(path.join(await temporaryFolder(), 's'), answer);
      const odd = createCupsSpooler({ owner: 'booth-1', log, server });
      const startedMs = performance.now();
      const asked = await Promise.all([
        odd.printers(),
        odd.submit('booth', titled('no')),
        odd.job('1 FindMe booth-1 x'),
      ]);
      for (const result of asked)
        expect(result).toMatchObject({ ok: false, fault: { code: 'print.spooler-unreachable' } });
      expect(performance.now() - startedMs).toBeLessThan(7_000);
    });
  });
});

/** Somebody who listens where CUPS should, and gives everybody the same answer. @returns where */
async function listen(socketFile: string, answer: string | undefined): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (answer === undefined) return;
    socket.once('data', () => void socket.end(answer));
  });
  await new Promise<void>((listening) => server.listen(socketFile, listening));
  onTestFinished(() => void server.close());
  return socketFile;
}
