import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventSamples } from '../fixtures/cameraFile.ts';
import { hasOwnCamera, type Booth } from './driver.ts';
import { createGuest, searchLimitMs, type Guest } from './guest.ts';
import { setStage } from './stage.ts';

const journeyLimitMs = 90_000;

describe('a camera', () => {
  const stage = setStage(eventSamples);
  let booth: Booth;
  let guest: Guest;

  beforeAll(async () => {
    booth = await stage.launchForAll();
    guest = createGuest(booth, 'fr');
  });
  beforeEach(() => booth.startAfresh());

  const unavailable = () => booth.page.getByText(guest.t('kiosk.camera.unavailable')).first();
  const showsCode = (code: string) => booth.page.getByText(code).first().waitFor();

  it(
    'that is unplugged is missed in a sentence, and used again when it is back',
    async () => {
      await guest.goToCamera();
      await booth.page.waitForFunction(() => document.querySelector('video')?.srcObject);
      const isMissed = Promise.all([unavailable().waitFor(), showsCode('camera.lost')]);
      // What the browser does when a device goes: the track stops, and says so.
      await booth.page
        .locator('video')
        .first()
        .evaluate((video: HTMLVideoElement) => {
          const [track] = (video.srcObject as MediaStream).getVideoTracks();
          track.stop();
          track.dispatchEvent(new Event('ended'));
        });
      await isMissed;
      // It looks for it by itself.
      await booth.waitForScreen('results', searchLimitMs);
    },
    journeyLimitMs,
  );

  it.for([
    ['NotReadableError', 'camera.busy'],
    ['NotAllowedError', 'camera.denied'],
  ] as const)(
    'that the system answers for with %s is %s until it can be had',
    { timeout: journeyLimitMs },
    async ([error, code]) => {
      await booth.page.evaluate((name) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name));
      }, error);
      await guest.goToCamera();
      await showsCode(code);
      await booth.page.evaluate(() => {
        // The prototype's own is there again.
        Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
      });
      await booth.waitForScreen('results', searchLimitMs);
    },
  );
});

describe('a booth without any camera', () => {
  const stage = setStage(eventSamples);

  it.skipIf(hasOwnCamera)('says so with a hint for the crew, and lets the guest go back', async () => {
    const booth = await stage.launch({ scene: 'own-camera' });
    const guest = createGuest(booth, 'fr');
    await guest.goToCamera();
    await booth.page.getByText(guest.t('kiosk.camera.unavailable')).first().waitFor();
    await booth.page.getByText('camera.missing').first().waitFor();
    await guest.tap('kiosk.camera.cancel');
    await booth.waitForScreen('attract');
    expect(booth.log()).not.toContain('Error');
  });
});
