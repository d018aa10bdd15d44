import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventSamples, guestsPhoto } from '../fixtures/cameraFile.ts';
import type { Booth } from './driver.ts';
import { hashOf } from './event.ts';
import { createGuest, searchLimitMs, type Guest } from './guest.ts';
import { setStage } from './stage.ts';

const journeyLimitMs = 120_000;

describe('a child that dies while a guest is there', () => {
  const stage = setStage(eventSamples);
  let booth: Booth;
  let guest: Guest;

  beforeAll(async () => {
    booth = await stage.launchForAll();
    guest = createGuest(booth, 'fr');
  });
  beforeEach(() => booth.startAfresh());

  const send = async (signal: NodeJS.Signals, ...names: string[]): Promise<number[]> => {
    const pids = (await Promise.all(names.map((name) => booth.pidsOf(name)))).flat();
    expect(pids).not.toEqual([]);
    for (const pid of pids) process.kill(pid, signal);
    return pids;
  };

  const countDown = () => booth.page.getByText(guest.t('kiosk.camera.counting.what')).first().waitFor();

  it.for([['vision'], ['faceindex']] as const)(
    '%s, in mid-search: the search ends in the photo all the same',
    { timeout: journeyLimitMs },
    async ([name]) => {
      await guest.goToCamera();
      await countDown();
      // Held, so that the search cannot be over before the blow.
      const held = await send('SIGSTOP', name);
      await booth.waitForScreen('searching');
      for (const pid of held) process.kill(pid, 'SIGKILL');
      await booth.waitForScreen('results', searchLimitMs);
      expect(await guest.shownPhotos()).toEqual([await hashOf(guestsPhoto)]);
    },
  );

  it(
    'core: the attract screen is there again within five seconds, and the next guest is found',
    async () => {
      expect(await guest.findPhotos()).toBe('results');
      const killedAtMs = performance.now();
      const [killed] = await send('SIGKILL', 'core');
      await booth.waitForScreen('attract');
      expect(performance.now() - killedAtMs).toBeLessThan(5_000);
      expect(await guest.shownPhotos()).toEqual([]);

      expect(await guest.findPhotos()).toBe('results');
      expect(await guest.shownPhotos()).toEqual([await hashOf(guestsPhoto)]);
      expect(await booth.pidsOf('core')).not.toContain(killed);
    },
    journeyLimitMs,
  );

  it('the page itself: it is loaded anew', async () => {
    // Playwright gives a crashed page up; the app does not.
    const screen = await booth.app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const { webContents } = window;
      const isBack = new Promise<void>((resolve) => webContents.once('did-finish-load', () => resolve()));
      webContents.forcefullyCrashRenderer();
      await isBack;
      return webContents.executeJavaScript(`new Promise((resolve) => {
        const look = () => {
          const screen = document.querySelector('[data-screen]')?.dataset.screen;
          if (screen === undefined) setTimeout(look, 50);
          else resolve(screen);
        };
        look();
      })`) as Promise<string>;
    });
    expect(screen).toBe('attract');
  });
});
