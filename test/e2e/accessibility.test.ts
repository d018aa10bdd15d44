import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../fixtures/folders.ts';
import { takeCrewTour } from './crewTour.ts';
import { openDisplay } from './display.ts';
import { landscape, portrait } from './driver.ts';
import { takeTour } from './tour.ts';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** @returns what stands in somebody's way, a line each */
async function violationsOf(page: Page, axe: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}

it('no screen stands in anybody’s way, in either language', { timeout: 300_000 }, async ({ onTestFinished }) => {
  const axe = await readFile(axeFile, 'utf8');
  const display = await openDisplay();
  onTestFinished(() => display.close());
  const found: Record<string, string[]> = {};
  let stops = 0;
  await takeTour({
    ...{ display, folder: await temporaryFolder(), size: portrait },
    onStop: async (name, language, { page }) => {
      stops += 1;
      const violations = await violationsOf(page, axe);
      if (violations.length > 0) found[`${name} (${language})`] = violations;
    },
  });
  expect(found).toEqual({});
  expect(stops).toBeGreaterThan(40);
});

it.each(['fr', 'en'] as const)(
  'no page of the crew’s stands in anybody’s way, in %s',
  { timeout: 180_000 },
  async (language) => {
    const axe = await readFile(axeFile, 'utf8');
    const display = await openDisplay();
    const found: Record<string, string[]> = {};
    let stops = 0;
    try {
      await takeCrewTour({
        ...{ display, folder: await temporaryFolder(), size: landscape, language },
        onStop: async (name, page) => {
          stops += 1;
          const violations = await violationsOf(page, axe);
          if (violations.length > 0) found[name] = violations;
        },
      });
    } finally {
      await display.close();
    }
    expect(found).toEqual({});
    expect(stops).toBeGreaterThan(15);
  },
);
