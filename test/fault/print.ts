import path from 'node:path';
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { cupsLacks, startCups, type FolderPrinter, type Mood, type PrivateCups } from '../fixtures/cups/cups.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { seeded } from '../fixtures/random.ts';
import { skipped, smallPictures, type Fault } from './ground.ts';
import { printAccount } from './print/account.ts';
import { createPrintBooth, type PrintBooth } from './print/printBooth.ts';

/** What a printer does to a sheet; as often as it stands here. */
const moods: readonly Mood[] = [
  ...(['normal', 'normal', 'normal', 'normal', 'normal', 'normal'] as const),
  ...(['no-paper', 'no-ribbon', 'cover-open', 'offline', 'no-paper-stops', 'no-paper-holds'] as const),
  ...(['jams', 'dies', 'dies-after', 'fails-after', 'dies-untold', 'refuses'] as const),
];
const patienceMs = 240_000;

export const print: Fault = {
  name: 'print',
  about: 'printers without paper, jammed, offline, dying in mid-job; CUPS and the booth killed: each sheet once',
  run: async ({ dir, seed, say, defer }, scale) => {
    if (cupsLacks !== undefined) return skipped(`${cupsLacks} is missing`);
    const random = seeded(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
    // Not in ours, which nobody else may enter: filters run as another user.
    const cupsDir = await makeFolder();
    defer(() => removeFolder(cupsDir));
    const cups = await startCups(cupsDir);
    defer(() => cups.stop());
    const printers = [
      await cups.addPrinter({ name: 'left', errorPolicy: 'abort-job' }),
      await cups.addPrinter({ name: 'right', errorPolicy: 'stop-printer' }),
    ];
    const libraryDir = path.join(dir, 'library');
    const booth = createPrintBooth(configIn(libraryDir, await photosIn(dir)), cups.environment);
    defer(() => booth.stop());
    booth.start();
    const { photos } = await booth.until('photos and printers', (now) => now.isReady && now.photos === 3, patienceMs);

    const wanted = Math.ceil(100 * scale);
    const crew = watchTrays(booth, printers);
    const done = { faults: 0, 'kills of the booth': 0, 'kills of CUPS': 0 };
    let sinceKill = 0;
    const taken = () => [...booth.ordered().values()].reduce((sum, copies) => sum + copies, 0);
    while (taken() < wanted || booth.unanswered() > 0 || (booth.standing()?.toPrint ?? 1) > 0) {
      if (taken() < wanted && booth.unanswered() === 0 && (booth.standing()?.toPrint ?? 99) < 12) {
        const copies = 1 + Math.floor(random() * 3);
        booth.tell({ do: 'order', photo: 1 + Math.floor(random() * photos), copies });
      }
      const mood = pick(moods);
      if (mood !== 'normal') done.faults += 1;
      await pick(printers).setMood(mood, 0.05 + random() * 0.4);
      await sleep(100 + random() * 900);
      sinceKill += 1;
      if (sinceKill > 12 && random() < 0.25) {
        sinceKill = 0;
        if (random() < 0.6) {
          await booth.kill();
          done['kills of the booth'] += 1;
          booth.start();
        } else {
          await restart(cups, random() < 0.5);
          done['kills of CUPS'] += 1;
        }
        say(`${String(taken())} sheets taken, ${JSON.stringify(booth.standing())}`);
      }
      if (taken() >= wanted && random() < 0.3) for (const printer of printers) await printer.setMood('normal', 0.05);
    }
    for (const printer of printers) await printer.setMood('normal', 0.05);
    await booth.until('everything to come out', ({ toPrint }) => toPrint === 0, patienceMs);
    await crew.leave();
    await booth.stop();

    const titles = (await Promise.all(printers.map((printer) => printer.sheets()))).flat().map(({ title }) => title);
    const { jobs, printed, lost, doubled, strange } = printAccount(libraryDir, booth.ordered(), titles);
    return {
      ok: lost.length + doubled.length + strange.length === 0 && printed === jobs,
      figures: {
        ...{ jobs, printed, lost: lost.length, doubled: doubled.length, ...done, 'asked of the crew': crew.asked() },
        ...(lost.length === 0 ? {} : { 'first lost': lost[0] }),
        ...(doubled.length === 0 ? {} : { 'first doubled': doubled[0] }),
        ...(strange.length === 0 ? {} : { 'nobody’s': strange[0] }),
      },
    };
  },
};

async function restart(cups: PrivateCups, isCut: boolean): Promise<void> {
  await cups.end(isCut ? 'SIGKILL' : 'SIGTERM');
  await sleep(500);
  await cups.start();
}

/** Three photos in a folder. */
async function photosIn(dir: string): Promise<string> {
  const folder = path.join(dir, 'card');
  await mkdir(folder);
  const pictures = (await smallPictures()).slice(0, 3);
  for (const [i, picture] of pictures.entries()) await writeFile(path.join(folder, `photo-${String(i)}.jpg`), picture);
  return folder;
}

const configIn = (libraryDir: string, folder: string): object => ({
  libraryDir,
  language: 'en',
  event: { code: 'fault' },
  sources: { folders: [folder], rescanSeconds: 1 },
  vision: { poolSize: 1, guestWorkers: 0 },
  disk: { warnFraction: 0, stopFraction: 0, stopBytes: 0 },
  printing: { spooler: 'cups' },
});

/** The crew, who look into the trays when they are asked whether a sheet came out. */
function watchTrays(booth: PrintBooth, printers: readonly FolderPrinter[]) {
  const answered = new Set<string>();
  let isThere = true;
  const watching = (async () => {
    while (isThere) {
      await sleep(300);
      for (const { sheetId, title } of booth.standing()?.unclear ?? []) {
        const trays = (await Promise.all(printers.map((printer) => printer.sheets()))).flat();
        const cameOut = trays.some((sheet) => sheet.title.endsWith(` ${title}`));
        answered.add(`${String(sheetId)} ${String(cameOut)}`);
        booth.tell({ do: 'answer', sheetId, cameOut });
      }
    }
  })();
  return {
    asked: () => answered.size,
    leave: () => {
      isThere = false;
      return watching;
    },
  };
}
