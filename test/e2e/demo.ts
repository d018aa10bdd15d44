// `npm run demo`: the real app at a small event. Where a person can stand before a camera it is opened for them. Elsewhere a guest and then a
// stranger walk up to it, and what each is shown is told; where a CUPS can be started, the guest takes a sheet along, printed into a folder. The exit
// code is 0 if the guest was found and the stranger was not.
import { execFile, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { eventSamples, guestsPhoto } from '../fixtures/cameraFile.ts';
import type { FolderPrinter } from '../fixtures/cups/cups.ts';
import { repoRoot } from '../fixtures/pack.ts';
import { photograph, type ShotFile } from '../fixtures/photographer/index.ts';
import { sampleFile } from '../fixtures/photos.ts';
import { openDisplay } from './display.ts';
import { hasOwnCamera, launchBooth, layOutBooth, photosDirOf, portrait, type Booth, type Settings } from './driver.ts';
import { createGuest, searchLimitMs, type Guest } from './guest.ts';
import { untilSearched } from './line.ts';
import { openPrinter } from './printer.ts';

const run = promisify(execFile);
const folder = path.join(repoRoot, 'out', 'demo');
const settings: Settings = { event: { name: 'Soirée d’essai', accent: '#F2573D' } };
const windowOfAPerson = { width: 1024, height: 768 };
const photosTaken = 16;
let pictures = 0;

const { DISPLAY, WAYLAND_DISPLAY } = process.env;
const hasDisplay = process.platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const tell = (what: string, outcome: string): void => say(`  ${`${what} `.padEnd(40, '.')} ${outcome}`);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Does it, and tells how long it took. */
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const result = await work();
  tell(what, seconds(performance.now() - startMs));
  return result;
}

async function openForPerson(): Promise<number> {
  const display = { env: {}, close: () => Promise.resolve() };
  const { executable, args, cwd, env } = await layOutBooth({
    ...{ display, folder, settings, scene: 'own-camera', size: windowOfAPerson },
  });
  say('The app opens, and a photographer hands in photos, none of them of you; closing the window ends it.');
  const child = spawn(executable, args, { cwd, env, stdio: 'inherit' });
  const closed = new AbortController();
  const working = takePhotos(1, closed.signal);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    closed.abort();
    await working;
  }
}

/** A photographer at work, whose programs write the files by different ways. */
const takePhotos = async (perSecond: number, signal?: AbortSignal): Promise<ShotFile[]> =>
  photograph({
    ...{ folder: photosDirOf(folder), count: photosTaken, perSecond, seed: 1 },
    pictures: await Promise.all(eventSamples.map((sample) => readFile(sampleFile(sample)))),
    ...(signal === undefined ? {} : { signal }),
  });

async function showTwoGuests(): Promise<number> {
  say(`A fake webcam shows a guest${hasDisplay ? '' : ', a virtual display the app'}.`);
  const display = hasDisplay ? { env: {}, close: () => Promise.resolve() } : await openDisplay();
  const printer = await openPrinter('À droite de la borne');
  try {
    const size = hasDisplay ? windowOfAPerson : portrait;
    const booth = await timed('cold start, to the attract screen', async () => {
      const launched = await launchBooth({
        ...{ display, folder, settings, scene: 'guest', size },
        ...(printer && { printers: printer.printers }),
      });
      await launched.waitForScreen('attract');
      await launched.untilShown();
      return launched;
    });
    try {
      return (await visits(booth, printer?.printer)) ? 0 : 1;
    } finally {
      await booth.close();
    }
  } finally {
    await printer?.close();
    await display.close();
  }
}

/** @returns whether each got what is theirs */
async function visits(booth: Booth, printer: FolderPrinter | undefined): Promise<boolean> {
  await picture(booth, 'attract');
  const shots = await timed(`a photographer takes ${String(photosTaken)} photos`, () => takePhotos(4));
  await timed('the last of them searched, after', () => untilSearched(shots.length, booth));
  const shotOf = new Map(shots.map((shot) => [shot.sha256, shot]));

  say('\nA guest, who is in some of them');
  const found = await visit(booth, 'guest');
  const isGuests = (hash: string) => eventSamples[shotOf.get(hash)?.picture ?? -1] === guestsPhoto;
  const isFound = found.length > 0 && found.every(isGuests);
  tell('found, the best of each burst', `${namesOf(found, shotOf)}${isFound ? '' : ', which is WRONG'}`);
  const guest = createGuest(booth, 'fr');
  if (found.length > 0) {
    if (printer !== undefined) await print(booth, guest, printer);
    await guest.tap('kiosk.results.finish');
    await booth.waitForScreen('finish');
    await picture(booth, 'finish');
    await guest.tap('kiosk.finish.done');
    await booth.waitForScreen('goodbye');
    await picture(booth, 'goodbye');
  }
  await booth.startAfresh();

  say('\nA stranger, who is in none');
  await booth.showScene('stranger');
  const shown = await visit(booth, 'stranger');
  tell('found', `${namesOf(shown, shotOf)}${shown.length === 0 ? ', as it should be' : ', which is WRONG'}`);

  say(`\nScreenshots: ${path.relative(repoRoot, folder)}`);
  return isFound && shown.length === 0;
}

/** From the results and back: the first photo on a sheet, which is left beside the screenshots as the printer would draw it. */
async function print(booth: Booth, guest: Guest, printer: FolderPrinter): Promise<void> {
  await booth.page.locator('[data-photo]').first().click();
  await guest.tap('kiosk.print.photo');
  const first = await timed('a sheet drawn', () => guest.shownSheet(1));
  await booth.page.getByRole('button', { name: 'Avec une marge' }).click();
  await timed('another', () => guest.shownSheet(1, first));
  await picture(booth, 'guest-sheet');
  const [tray] = await timed('from the tap into the tray', async () => {
    await guest.tap('kiosk.print.print', { count: 1 });
    const done = guest.t('kiosk.print.done', { count: 1, where: guest.t('kiosk.print.where.right') });
    await booth.page.getByText(done).waitFor();
    return printer.jobs();
  });
  await picture(booth, 'guest-printed');
  pictures += 1;
  const sheet = path.join(folder, `${String(pictures).padStart(2, '0')}-sheet`);
  await run('pdftoppm', ['-r', '300', '-png', '-singlefile', printer.documentOf(tray.job), sheet]);
  await guest.tap('kiosk.print.backToPhotos');
  await booth.waitForScreen('results');
}

/** From the attract screen to what the search has brought. @returns the hashes of the photos shown */
async function visit(booth: Booth, who: string): Promise<string[]> {
  const guest = createGuest(booth, 'fr');
  const { page } = booth;
  await timed('consent', async () => {
    await guest.tap('kiosk.attract.start');
    await booth.waitForScreen('consent');
    await picture(booth, `${who}-consent`);
    await guest.tap('kiosk.consent.accept');
    await booth.waitForScreen('camera');
  });
  await timed('camera open', async () => {
    await page.waitForFunction(() => [...document.querySelectorAll('video')].some(({ readyState }) => readyState >= 2));
  });
  await timed('pose right', () => page.getByText(guest.t('kiosk.camera.counting.what')).first().waitFor());
  await picture(booth, `${who}-camera`);
  const outcome = await timed('count-down, six frames, search', () =>
    booth.waitForScreen(['results', 'nothing'], searchLimitMs),
  );
  if (outcome === 'results') tell('  of that, from the shutter to the photos', seconds(await shutterToGrid(booth)));
  await picture(booth, `${who}-${outcome}`);
  return guest.shownPhotos();
}

/** As the page has measured it. */
const shutterToGrid = async ({ page }: Booth): Promise<number> => {
  const measure = await page.waitForFunction(() => performance.getEntriesByName('shutter-to-grid').at(-1)?.duration);
  return (await measure.jsonValue()) ?? 0;
};

const namesOf = (hashes: readonly string[], shotOf: ReadonlyMap<string, ShotFile>): string =>
  hashes.map((hash) => path.basename(shotOf.get(hash)?.path ?? '?')).join(', ') || 'nothing';

function picture(booth: Booth, name: string): Promise<void> {
  pictures += 1;
  return booth.screenshot(path.join(folder, `${String(pictures).padStart(2, '0')}-${name}.png`));
}

await rm(folder, { recursive: true, force: true });
process.exitCode = hasDisplay && hasOwnCamera ? await openForPerson() : await showTwoGuests();
