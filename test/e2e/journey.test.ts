import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventSamples, friendsPhoto, guestsPhoto } from '../fixtures/cameraFile.ts';
import { landscape, type Booth } from './driver.ts';
import { addPhoto, hashOf } from './event.ts';
import { createGuest, searchLimitMs, type Guest } from './guest.ts';
import { untilSearched } from './line.ts';
import { setStage } from './stage.ts';

// Real camera, real models, real database: a journey takes its time.
const journeyLimitMs = 120_000;

describe('a guest who speaks French, at an upright screen', () => {
  const stage = setStage(eventSamples);
  let booth: Booth;
  let guest: Guest;

  beforeAll(async () => {
    booth = await stage.launchForAll({ language: 'fr' });
    guest = createGuest(booth, 'fr');
  });
  beforeEach(async () => {
    await booth.showScene('guest');
    await booth.startAfresh();
  });

  it(
    'agrees, looks into the camera, and leaves with the photo and a code',
    async () => {
      expect(await guest.findPhotos()).toBe('results');
      expect(await guest.shownPhotos()).toEqual([await hashOf(guestsPhoto)]);
      const heading = booth.page.getByRole('heading', { level: 1 });
      expect(await heading.textContent()).toBe(guest.t('kiosk.results.title', { count: 1 }));

      await booth.page.locator('[data-photo]').first().click();
      await guest.tap('kiosk.viewer.close');
      await guest.tap('kiosk.results.finish');
      await booth.waitForScreen('finish');
      await guest.tap('kiosk.finish.keep');
      const code = await guest.keptCode();
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
      await guest.tap('kiosk.kept.done');
      await booth.waitForScreen(['finish', 'goodbye', 'attract']);

      await booth.startAfresh();
      await guest.enterCode(code);
      await booth.waitForScreen('results');
      expect(await guest.shownPhotos()).toEqual([await hashOf(guestsPhoto)]);
    },
    journeyLimitMs,
  );

  it('does not want to show her face, and is led to all photos by the hour', async () => {
    await booth.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => {
        document.documentElement.dataset['camera'] = 'asked';
        return Promise.reject(new DOMException('', 'NotAllowedError'));
      };
    });
    await guest.tap('kiosk.attract.start');
    await booth.waitForScreen('consent');
    await guest.tap('kiosk.consent.refuse');
    await booth.waitForScreen('browse');
    const hours = booth.page.getByRole('list', { name: guest.t('kiosk.browse.hours') }).getByRole('button');
    await hours.first().waitFor();
    const shown = new Set<string>();
    for (const hour of await hours.all()) {
      await hour.click();
      await expect.poll(async () => (await guest.shownPhotos()).length).toBeGreaterThan(0);
      for (const photo of await guest.shownPhotos()) shown.add(photo);
    }
    expect(shown).toEqual(new Set(await Promise.all(eventSamples.map(hashOf))));
    expect(await booth.page.locator('html').getAttribute('data-camera')).toBeNull();
  });

  it(
    'is told what is wrong when nobody is seen, when she is too far, and when it is dark',
    async () => {
      for (const [scene, advice] of [
        ['nobody', 'no-face'],
        ['too-far', 'too-far'],
        ['too-dark', 'too-dark'],
      ] as const) {
        await booth.showScene(scene);
        await guest.goToCamera();
        await booth.page
          .getByText(guest.t(`kiosk.camera.advice.${advice}.what`))
          .first()
          .waitFor();
        // And no picture is taken of it.
        await guest.tap('kiosk.camera.cancel');
        await booth.waitForScreen('attract');
      }
    },
    journeyLimitMs,
  );

  it(
    'is one of two before the camera, and searches for herself',
    async () => {
      await booth.showScene('two');
      await guest.goToCamera();
      await guest.choose(['guest']);
      await booth.waitForScreen('results', searchLimitMs);
      expect(await guest.shownPhotos()).toEqual([await hashOf(guestsPhoto)]);
    },
    journeyLimitMs,
  );

  it(
    'searches together with her friend, who agrees',
    async () => {
      await booth.showScene('two');
      await guest.goToCamera();
      await guest.choose(['guest', 'friend']);
      await booth.waitForScreen('results', searchLimitMs);
      const found = await guest.shownPhotos();
      expect(found.toSorted()).toEqual([await hashOf(guestsPhoto), await hashOf(friendsPhoto)].toSorted());
    },
    journeyLimitMs,
  );

  it(
    'is in no photo, and is shown nobody else’s',
    async () => {
      await booth.showScene('stranger');
      expect(await guest.findPhotos()).toBe('nothing');
      expect(await guest.shownPhotos()).toEqual([]);
      await booth.page.getByText(guest.t('kiosk.nothing.noMatch')).first().waitFor();
    },
    journeyLimitMs,
  );
});

describe('a guest who speaks English, at a wide screen', () => {
  const stage = setStage(eventSamples.filter((sample) => sample !== guestsPhoto));

  it(
    'is in no photo yet, comes back with a code, and is in the one that has come since',
    async () => {
      const booth = await stage.launch({ language: 'en', size: landscape });
      const guest = createGuest(booth, 'en');
      expect(await guest.findPhotos()).toBe('nothing');
      await guest.tap('kiosk.nothing.keep');
      const code = await guest.keptCode();
      await guest.tap('kiosk.kept.done');
      await booth.startAfresh();

      await addPhoto(stage.folder(), guestsPhoto);
      await untilSearched(eventSamples.length, booth);

      await guest.enterCode(code);
      await booth.waitForScreen('results');
      expect(await guest.shownPhotos()).toEqual([await hashOf(guestsPhoto)]);
      await booth.page
        .getByText(guest.t('kiosk.results.new', { count: 1 }))
        .first()
        .waitFor();

      await guest.tap('kiosk.results.finish');
      await booth.waitForScreen('finish');
      await guest.tap('kiosk.finish.done');
      await booth.waitForScreen('goodbye');
      await booth.waitForScreen('attract');
    },
    journeyLimitMs,
  );

  it('who comes while the engine is still starting waits for the photos, and who has no code opens nothing', async () => {
    const booth = await stage.launch({ language: 'en', size: landscape, isEarly: true });
    const guest = createGuest(booth, 'en');
    await booth.waitForScreen('attract');
    await guest.tap('kiosk.attract.browse');
    await booth.page.locator('[data-photo]').first().waitFor();
    await guest.tap('kiosk.browse.leave');
    await guest.enterCode('00000000');
    await booth.page.getByText(guest.t('fault.code.unknown')).first().waitFor();
  });
});
