import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { openDisplay } from './display.ts';
import { landscape, portrait } from './driver.ts';
import { takeTour } from './tour.ts';
import { takeCrewTour } from './crewTour.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
const [what, size] = process.argv.slice(2);
const out = `/tmp/pp/${what}-${size}`;
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const display = await openDisplay();
const folder = await makeFolder();
try {
  const common = { display, folder, size: size === 'l' ? landscape : portrait };
  if (what === 'guest')
    await takeTour({ ...common, onStop: async (stop, language, { page }) => { console.log(stop, language, new Date().toISOString()); await page.screenshot({ path: path.join(out, `${stop}-${language}.png`) }); } });
  else
    await takeCrewTour({ ...common, language: what as 'fr', onStop: async (stop, page) => { console.log(stop, new Date().toISOString()); await page.screenshot({ path: path.join(out, `${stop}.png`) }); } });
} finally { await display.close(); await removeFolder(folder); }
