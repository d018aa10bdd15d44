// Sheets go through Electron's own printing, as on Windows and macOS, to printers of a real CUPS: a small app has shell's way of printing and core's.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { JobState, Media, Printer, PrintDocument } from '../../../main/core/printing/spoolers/spooler.ts';
import { sharp } from '../../../main/workers/vision/sharp.ts';
import type { Result } from '../../../preload/index.ts';
import { valueOf } from '../../fixtures/core.ts';
import { cupsLacks, startCups, type FolderPrinter, type PrivateCups } from '../../fixtures/cups/cups.ts';
import { makeFolder, removeFolder } from '../../fixtures/folders.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../../..');
const entriesDir = path.join(root, 'out/test/systemPrint');
const postcard: Media = { name: 'na_index-4x6_4x6in', widthMm: 101.6, heightMm: 152.4 };
const larger: Media = { name: 'na_5x7_5x7in', widthMm: 127, heightMm: 177.8 };
const answerSchema = z.object({ number: z.number(), answer: z.unknown() });

const isPossible = 'electron' in process.versions && cupsLacks === undefined;
if (!isPossible) console.log('Printing with Electron is not tested: here is no Electron, or no CUPS.');

describe.runIf(isPossible)('a sheet that is printed with what the system has', () => {
  let folder: string;
  let cups: PrivateCups;
  let printer: FolderPrinter;
  let electron: ChildProcess | undefined;
  let lastNumber = 0;
  const waiting = new Map<number, (answer: unknown) => void>();

  beforeAll(async () => {
    folder = await makeFolder();
    cups = await startCups(folder);
    // GTK, by which Electron prints here, has these names for these sizes; CUPS leaves a size aside whose name its driver does not have.
    printer = await cups.addPrinter({
      name: 'booth',
      label: 'At the bar',
      media: [
        { name: '4x6', widthPt: 288, heightPt: 432 },
        { name: '5x7', widthPt: 360, heightPt: 504 },
      ],
    });
    await buildEntries();
    const { stdout } = (electron = spawn(process.execPath, [path.join(root, 'scripts/electron.mjs'), entriesDir], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, ...cups.environment, ELECTRON_RUN_AS_NODE: '1' },
    }));
    createInterface({ input: stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const { number, answer } = answerSchema.parse(JSON.parse(line));
      waiting.get(number)?.(answer);
      waiting.delete(number);
    });
  }, 120_000);

  afterAll(async () => {
    electron?.stdin?.end();
    await cups.stop();
    await removeFolder(folder);
  });

  /** What the spooler in the app answers. */
  const ask = <T>(verb: string, given: object = {}) =>
    new Promise<T>((resolve) => {
      lastNumber += 1;
      // As the spooler's own types have it.
      waiting.set(lastNumber, (answer) => resolve(answer as T));
      electron?.stdin?.write(`${JSON.stringify({ number: lastNumber, verb, ...given })}\n`);
    });
  const submit = (document: PrintDocument, to = 'booth') =>
    ask<Result<{ job: string }>>('submit', { printer: to, document });
  const release = (job: string) => ask<Result<void>>('release', { job });
  const stateOf = async (job: string) => valueOf(await ask<Result<JobState>>('job', { job })).at;
  const windows = () => ask<{ now: number; most: number }>('windows');

  /** A sheet on which every place looks different, 300 dots an inch. */
  async function sheetFile(name: string, width: number, height: number): Promise<string> {
    const file = path.join(folder, `${name}.jpg`);
    const patch = (background: string, left: number, top: number) => ({
      input: { create: { width: 300, height: 200, channels: 3 as const, background } },
      left,
      top,
    });
    await sharp({ create: { width, height, channels: 3, background: '#888' } })
      .composite([
        ...[patch('#e22', 0, 0), patch('#2e2', width - 300, 0), patch('#22e', 0, height - 200)],
        patch('#fd0', width - 300, height - 200),
      ])
      .jpeg({ quality: 95 })
      .toFile(file);
    return file;
  }

  /** Prints a sheet. @returns what came out of the printer, its page, its picture at 300 dots an inch */
  async function printed(document: PrintDocument) {
    const { job } = valueOf(await submit(document));
    expect(await stateOf(job)).toBe('held');
    valueOf(await release(job));
    expect(await stateOf(job)).toBe('printed');
    const log = await untilOut(document.title);
    const pdf = printer.documentOf(log.job);
    const pages = await run('pdfinfo', [pdf]);
    const out = path.join(folder, document.title);
    await run('pdftoppm', ['-r', '300', '-png', '-singlefile', pdf, out]);
    const bytes = await readFile(document.picture);
    return {
      pages: Number(/Pages: +(\d+)/.exec(pages.stdout)?.[1]),
      points: /Page size: +([\d.]+) x ([\d.]+)/.exec(pages.stdout)?.slice(1).map(Number),
      picture: await sharp(`${out}.png`).removeAlpha().raw().toBuffer({ resolveWithObject: true }),
      hasOwnBytes: (await readFile(pdf)).includes(bytes.subarray(bytes.length - 400, bytes.length - 2)),
    };
  }

  /** Once the printer has a sheet with that title in its tray. */
  const untilOut = (title: string) =>
    vi.waitFor(
      async () => {
        expect((await printer.sheets()).filter((sheet) => sheet.title === title)).toHaveLength(1);
        const [log] = (await printer.jobs()).filter((job) => job.title === title);
        return log;
      },
      { timeout: 10_000, interval: 50 },
    );

  /** Of 255, how far two pictures are apart on average. */
  async function distance(
    printedPicture: { data: Buffer; info: { width: number; height: number } },
    wanted: string,
    turn = 0,
  ) {
    const { data, info } = await sharp(wanted).rotate(turn).raw().toBuffer({ resolveWithObject: true });
    expect([printedPicture.info.width, printedPicture.info.height]).toEqual([info.width, info.height]);
    let sum = 0;
    for (const [at, value] of data.entries()) sum += Math.abs(value - printedPicture.data[at]);
    return sum / data.length;
  }

  it('fills an upright page, dot for dot', async () => {
    const file = await sheetFile('upright', 1200, 1800);
    const out = await printed({ title: 'upright', picture: file, widthMm: 101.6, heightMm: 152.4, media: postcard });
    expect(out).toMatchObject({ pages: 1, points: [288, 432] });
    expect(await distance(out.picture, file)).toBeLessThan(1);
    expect(out.hasOwnBytes).toBe(true);
  });

  it('is turned to the right where it lies', async () => {
    const file = await sheetFile('lying', 1800, 1200);
    const out = await printed({ title: 'lying', picture: file, widthMm: 152.4, heightMm: 101.6, media: postcard });
    expect(out).toMatchObject({ pages: 1, points: [288, 432] });
    expect(await distance(out.picture, file, 90)).toBeLessThan(1);
  });

  it('is as large as it is on larger paper, in its middle', async () => {
    const file = await sheetFile('smaller', 1200, 1800);
    const out = await printed({ title: 'smaller', picture: file, widthMm: 101.6, heightMm: 152.4, media: larger });
    expect(out).toMatchObject({ pages: 1, points: [360, 504] });
    const { data, info } = out.picture;
    const middle = path.join(folder, 'middle.png');
    await sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
      .extract({ left: 150, top: 150, width: 1200, height: 1800 })
      .toFile(middle);
    const cut = await sharp(middle).raw().toBuffer({ resolveWithObject: true });
    expect(await distance(cut, file)).toBeLessThan(1.5);
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it('comes out once, however often it is let go', async () => {
    const picture = await sheetFile('once', 1200, 1800);
    const { job } = valueOf(await submit({ title: 'once', picture, widthMm: 101.6, heightMm: 152.4, media: postcard }));
    const releases = await Promise.all([release(job), release(job)]);
    expect([...releases, await release(job)].map(({ ok }) => ok)).toEqual([true, true, true]);
    await untilOut('once');
  });

  it('waits for its turn: there is never more than one window', async () => {
    const picture = await sheetFile('turns', 1200, 1800);
    const titles = ['first', 'second', 'third'];
    const jobs = [];
    for (const title of titles) {
      jobs.push(valueOf(await submit({ title, picture, widthMm: 101.6, heightMm: 152.4, media: postcard })).job);
    }
    for (const released of await Promise.all(jobs.map(release))) valueOf(released);
    for (const title of titles) await untilOut(title);
    const order = (await printer.jobs()).map(({ title }) => title).filter((title) => titles.includes(title));
    expect(order).toEqual(titles);
    expect(await windows()).toEqual({ now: 0, most: 1 });
  });

  it('does not come out where it was taken back before', async () => {
    const picture = await sheetFile('taken', 1200, 1800);
    const { job } = valueOf(
      await submit({ title: 'taken', picture, widthMm: 101.6, heightMm: 152.4, media: postcard }),
    );
    expect(valueOf(await ask<Result<JobState>>('cancel', { job })).at).toBe('cancelled');
    expect((await release(job)).ok).toBe(false);
    expect((await printer.jobs()).map(({ title }) => title)).not.toContain('taken');
  });

  it('fails, and nothing comes out, where its picture is none', async () => {
    const picture = path.join(folder, 'none.jpg');
    writeFileSync(picture, 'not a picture');
    const { job } = valueOf(await submit({ title: 'none', picture, widthMm: 101.6, heightMm: 152.4, media: postcard }));
    expect(await release(job)).toMatchObject({ ok: false, fault: { code: 'print.refused' } });
    expect(await stateOf(job)).toBe('failed');
    expect((await printer.jobs()).map(({ title }) => title)).not.toContain('none');
    expect((await windows()).now).toBe(0);
  });

  it('is not taken for a printer that is not there, nor printed by another', async () => {
    const picture = await sheetFile('elsewhere', 1200, 1800);
    const document = { title: 'elsewhere', picture, widthMm: 101.6, heightMm: 152.4, media: postcard };
    const missing = { ok: false, fault: { code: 'printer.missing' } };
    expect(await submit(document, 'nobody')).toMatchObject(missing);
    expect(await submit(document, '')).toMatchObject(missing);
    // One that was there when it was handed over.
    await cups.addPrinter({ name: 'lent' });
    const { job } = valueOf(await submit(document, 'lent'));
    await cups.tell('lpadmin', '-x', 'lent');
    expect(await release(job)).toMatchObject(missing);
    expect(await stateOf(job)).toBe('failed');
    expect((await printer.jobs()).map(({ title }) => title)).not.toContain('elsewhere');
  });

  it('has a printer that says how it is', async () => {
    const look = async () => valueOf(await ask<Result<Printer[]>>('printers')).find(({ name }) => name === 'booth');
    expect(await look()).toMatchObject({ label: 'At the bar', state: 'idle', troubles: [], isAccepting: true });
    await cups.tell('cupsdisable', 'booth');
    expect(await look()).toMatchObject({ state: 'stopped', troubles: [{ code: 'printer.stopped' }] });
    await cups.tell('cupsenable', 'booth');
    await cups.tell('cupsreject', 'booth');
    expect(await look()).toMatchObject({ state: 'idle', isAccepting: false });
    await cups.tell('cupsaccept', 'booth');
  });
});

async function buildEntries(): Promise<void> {
  const entry = (name: string) => path.join(import.meta.dirname, `${name}.ts`);
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: entriesDir,
      target: 'node20',
      rolldownOptions: {
        input: { core: entry('core'), shell: entry('shell') },
        external: ['electron'],
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
  mkdirSync(entriesDir, { recursive: true });
  writeFileSync(path.join(entriesDir, 'package.json'), JSON.stringify({ type: 'module', main: 'shell.js' }));
}
