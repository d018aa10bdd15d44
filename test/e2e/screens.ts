// `npm run screens`: pictures of every screen and state for docs/screens, in both languages and both ways to hang the screen.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { repoRoot } from '../fixtures/pack.ts';
import { openDisplay } from './display.ts';
import { landscape, portrait, type Booth } from './driver.ts';
import { takeTour } from './tour.ts';

const screensDir = path.join(repoRoot, 'docs', 'screens');
const sizes = [
  { size: portrait, widthPx: 540 },
  { size: landscape, widthPx: 960 },
];
const quality = 70;

async function write({ page }: Booth, file: string, widthPx: number): Promise<void> {
  const picture = await page.screenshot();
  await mkdir(path.dirname(file), { recursive: true });
  await sharp(picture).resize({ width: widthPx }).jpeg({ quality, mozjpeg: true }).toFile(file);
}

await rm(screensDir, { recursive: true, force: true });
const display = await openDisplay();
try {
  for (const { size, widthPx } of sizes) {
    const name = `${String(size.width)}x${String(size.height)}`;
    const folder = await mkdtemp(path.join(os.tmpdir(), 'findme-screens-'));
    try {
      await takeTour({
        ...{ display, folder, size },
        onStop: (stop, language, booth) => write(booth, path.join(screensDir, name, language, `${stop}.jpg`), widthPx),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
} finally {
  await display.close();
}
