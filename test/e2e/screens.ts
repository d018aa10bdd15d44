// `npm run screens`: pictures of every screen and state for docs/screens, in both languages and both ways to hang the screen.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { repoRoot } from '../fixtures/pack.ts';
import { openDisplay } from './display.ts';
import { landscape, portrait } from './driver.ts';
import { takeCrewTour } from './crewTour.ts';
import { takeTour } from './tour.ts';

const screensDir = path.join(repoRoot, 'docs', 'screens');
const sizes = [
  { size: portrait, widthPx: 540 },
  { size: landscape, widthPx: 960 },
];
const quality = 70;

async function write(page: Page, file: string, widthPx: number): Promise<void> {
  const picture = await page.screenshot();
  await mkdir(path.dirname(file), { recursive: true });
  await sharp(picture).resize({ width: widthPx }).jpeg({ quality, mozjpeg: true }).toFile(file);
}

/** One that is gone afterwards. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'findme-screens-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await rm(screensDir, { recursive: true, force: true });
const display = await openDisplay();
try {
  for (const { size, widthPx } of sizes) {
    const name = `${String(size.width)}x${String(size.height)}`;
    await inFolder((folder) =>
      takeTour({
        ...{ display, folder, size },
        onStop: (stop, language, { page }) =>
          write(page, path.join(screensDir, name, language, `${stop}.jpg`), widthPx),
      }),
    );
    for (const language of ['fr', 'en'] as const) {
      await inFolder((folder) =>
        takeCrewTour({
          ...{ display, folder, size, language },
          onStop: (stop, page) => write(page, path.join(screensDir, name, language, 'crew', `${stop}.jpg`), widthPx),
        }),
      );
    }
  }
} finally {
  await display.close();
}
