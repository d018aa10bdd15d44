// `npm run demo`: the real app at a small event. Where a person can stand before a camera it is opened for them. Elsewhere a guest and then a
// stranger walk up to it, and what each is shown is told; the exit code is 0 if the guest was found and the stranger was not.
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { eventSamples, guestsPhoto } from '../fixtures/cameraFile.ts';
import { repoRoot } from '../fixtures/pack.ts';
import { openDisplay } from './display.ts';
import { hasOwnCamera, launchBooth, layOutBooth, portrait, type Booth, type Settings } from './driver.ts';
import { addPhoto, hashOf } from './event.ts';
import { createGuest, searchLimitMs } from './guest.ts';
import { untilSearched } from './line.ts';

const folder = path.join(repoRoot, 'out', 'demo');
const settings: Settings = { event: { name: 'Soirée d’essai', accent: '#F2573D' } };
const windowOfAPerson = { width: 1024, height: 768 };
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
  for (const sample of eventSamples) await addPhoto(folder, sample);
  say('The app opens. Its event has four photos, none of them of you; closing the window ends it.');
  const child = spawn(executable, args, { cwd, env, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function showTwoGuests(): Promise<number> {
  say(`A fake webcam shows a guest${hasDisplay ? '' : ', a virtual display the app'}.`);
  const display = hasDisplay ? { env: {}, close: () => Promise.resolve() } : await openDisplay();
  try {
    const size = hasDisplay ? windowOfAPerson : portrait;
    const booth = await timed('cold start, to the attract screen', async () => {
      const launched = await launchBooth({ display, folder, settings, scene: 'guest', size });
      await launched.waitForScreen('attract');
      return launched;
    });
    try {
      return (await visits(booth)) ? 0 : 1;
    } finally {
      await booth.close();
    }
  } finally {
    await display.close();
  }
}

/** @returns whether each got what is theirs */
async function visits(booth: Booth): Promise<boolean> {
  await picture(booth, 'attract');
  await timed('a photographer’s four photos, searched', async () => {
    for (const sample of eventSamples) await addPhoto(folder, sample);
    await untilSearched(eventSamples.length, booth);
  });

  say('\nA guest, who is in one of them');
  const found = await visit(booth, 'guest');
  const isFound = found.length === 1 && found[0] === (await hashOf(guestsPhoto));
  tell('found', `${await namesOf(found)}${isFound ? '' : ', which is WRONG'}`);
  const guest = createGuest(booth, 'fr');
  if (found.length > 0) {
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
  tell('found', `${await namesOf(shown)}${shown.length === 0 ? ', as it should be' : ', which is WRONG'}`);

  say(`\nScreenshots: ${path.relative(repoRoot, folder)}`);
  return isFound && shown.length === 0;
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

async function namesOf(hashes: readonly string[]): Promise<string> {
  const names = await Promise.all(eventSamples.map(async (sample) => [await hashOf(sample), sample] as const));
  const files = hashes.map((hash) => `sample${String(new Map(names).get(hash) ?? '?')}.jpg`);
  return files.length === 0 ? 'nothing' : files.join(', ');
}

function picture(booth: Booth, name: string): Promise<void> {
  pictures += 1;
  return booth.screenshot(path.join(folder, `${String(pictures).padStart(2, '0')}-${name}.png`));
}

await rm(folder, { recursive: true, force: true });
process.exitCode = hasDisplay && hasOwnCamera ? await openForPerson() : await showTwoGuests();
