import { expect, it } from 'vitest';
import { temporaryFolder } from '../fixtures/folders.ts';
import { violationsOf } from './axe.ts';
import { takeCrewTour } from './crewTour.ts';
import { openDisplay } from './display.ts';
import { landscape, portrait } from './driver.ts';
import { takeTour } from './tour.ts';

// In the other language a screen is made of the same: each is looked at in one, in turn.
it('no screen stands in anybody’s way', { timeout: 480_000 }, async ({ onTestFinished }) => {
  const display = await openDisplay();
  onTestFinished(() => display.close());
  const found: Record<string, string[]> = {};
  let stops = 0;
  await takeTour({
    ...{ display, folder: await temporaryFolder(), size: portrait },
    languagesOf: (stop) => [stop % 2 === 0 ? 'en' : 'fr'],
    onStop: async (name, language, { page }) => {
      stops += 1;
      const violations = await violationsOf(page);
      if (violations.length > 0) found[`${name} (${language})`] = violations;
    },
  });
  expect(found).toEqual({});
  expect(stops).toBeGreaterThan(20);
});

// Likewise.
it('no page of the crew’s stands in anybody’s way', { timeout: 360_000 }, async ({ onTestFinished }) => {
  const display = await openDisplay();
  onTestFinished(() => display.close());
  const found: Record<string, string[]> = {};
  let stops = 0;
  await takeCrewTour({
    ...{ display, folder: await temporaryFolder(), size: landscape, language: 'en' },
    onStop: async (name, page) => {
      stops += 1;
      const violations = await violationsOf(page);
      if (violations.length > 0) found[name] = violations;
    },
  });
  expect(found).toEqual({});
  expect(stops).toBeGreaterThan(15);
});
