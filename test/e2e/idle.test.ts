import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guestsPhoto, eventSamples } from '../fixtures/cameraFile.ts';
import type { Booth } from './driver.ts';
import { hashOf } from './event.ts';
import { createGuest, type Guest } from './guest.ts';
import { heapOf } from './heap.ts';
import { setStage } from './stage.ts';

const warnAfterSeconds = 4;
const wipeAfterSeconds = 4;

describe('a guest who goes away without a word', () => {
  const stage = setStage(eventSamples);
  let booth: Booth;
  let guest: Guest;

  beforeAll(async () => {
    booth = await stage.launchForAll({ settings: { kiosk: { idle: { warnAfterSeconds, wipeAfterSeconds } } } });
    guest = createGuest(booth, 'fr');
  });
  beforeEach(() => booth.startAfresh());

  it('is asked, and stays where they were when they want more time', async () => {
    await guest.tap('kiosk.attract.start');
    await booth.waitForScreen('consent');
    const stay = guest.button('kiosk.idle.stay');
    await stay.waitFor();
    await stay.click();
    await stay.waitFor({ state: 'hidden' });
    await booth.waitForScreen('consent');
    // Not at once again.
    await booth.page.waitForTimeout((warnAfterSeconds * 1000) / 2);
    expect(await stay.isVisible()).toBe(false);
  });

  it('leaves nothing on the screen or in the page’s memory', async () => {
    const hash = await hashOf(guestsPhoto);
    expect(await guest.findPhotos()).toBe('results');
    await guest.tap('kiosk.results.finish');
    await guest.tap('kiosk.finish.keep');
    const code = await guest.keptCode();
    // What is looked for can be found.
    expect(findIn(await heapOf(booth.page), [hash, code])).toEqual([hash, code]);

    await guest.button('kiosk.idle.stay').waitFor();
    await booth.waitForScreen('attract', (wipeAfterSeconds + 5) * 1000);
    expect(await booth.page.locator('img[src*="/photos/"], video').count()).toBe(0);
    // React and the images' loaders let go a moment later.
    await expect.poll(async () => findIn(await heapOf(booth.page), [hash, code]), { timeout: 15_000 }).toEqual([]);
  }, 120_000);

  const findIn = (heap: string, secrets: readonly string[]): string[] =>
    secrets.filter((secret) => heap.includes(secret));
});
