import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../fixtures/folders.ts';
import { openDisplay } from './display.ts';
import { portrait, type Booth } from './driver.ts';
import { takeTour } from './tour.ts';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** @returns what stands in somebody's way, a line each */
async function violationsOf({ page }: Booth, axe: string): Promise<string[]> {
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
    onStop: async (name, language, booth) => {
      stops += 1;
      const violations = await violationsOf(booth, axe);
      if (violations.length > 0) found[`${name} (${language})`] = violations;
    },
  });
  expect(found).toEqual({});
  expect(stops).toBeGreaterThan(40);
});
