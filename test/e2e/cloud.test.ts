// A guest who takes the photos home: the real app, a bucket that it brings them to, and a browser that knows the bucket alone.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { eventSamples, guestsPhoto } from '../fixtures/cameraFile.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { sampleFile } from '../fixtures/photos.ts';
import { startS3, type S3Server } from '../fixtures/s3/index.ts';
import { openBareBrowser } from './bareBrowser.ts';
import { openDisplay } from './display.ts';
import { addPhoto } from './event.ts';
import { createGuest } from './guest.ts';
import { distanceOf, readShownCode } from './handset.ts';
import { setStage } from './stage.ts';

const journeyLimitMs = 180_000;
/** From the shutter until it is seen at home: found, brought there and read. */
const arrivalLimitMs = 60_000;
/** Shows the guest too, and is not in the event yet. */
const laterPhoto = 1;
const samePhoto = 4;

const stage = setStage(eventSamples);

/** In a folder of its own, which outlives it. */
async function openBucket(): Promise<S3Server> {
  const dir = await makeFolder();
  const s3 = await startS3(dir);
  s3.isPublic = true;
  let isClosed = false;
  onTestFinished(async () => {
    if (!isClosed) await s3.close();
    await removeFolder(dir);
  });
  return { ...s3, close: () => ((isClosed = true), s3.close()) };
}

it(
  'is shown the way home, opens the photos there from the bucket alone, and never notices that the bucket has gone',
  async () => {
    const s3 = await openBucket();
    const galleryUrl = `${s3.endpoint}/${s3.bucket}/`;
    const booth = await stage.launch({
      settings: {
        phones: { isOn: false },
        cloud: { endpoint: s3.endpoint, bucket: s3.bucket, usesPathStyle: true, galleryUrl },
      },
      secrets: {
        FINDME_CLOUD_KEY_ID: s3.credentials.accessKeyId,
        FINDME_CLOUD_KEY: s3.credentials.secretAccessKey,
      },
    });
    const guest = createGuest(booth, 'fr');
    expect(await guest.findPhotos()).toBe('results');
    await guest.tap('kiosk.share.ask');
    await booth.waitForScreen('share');
    const link = await readShownCode(booth, path.join(stage.folder(), 'codes'));
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/photos\/g#\d+\.[\w-]{22}$/);
    expect(link.startsWith(galleryUrl)).toBe(true);
    const screen = booth.page.locator('[data-screen="share"]');
    // As it is read: where its lines may end is marked by what nobody sees.
    const words = (await screen.innerText()).replace(/[\u200B\u2060\n]/g, '');
    expect(words).toMatch(/127\.0\.0\.1:\d+\/photos\/g/);

    const display = await openDisplay();
    onTestFinished(() => display.close());
    const home = await openBareBrowser(display, 'fr');
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') await home.explain(task.name);
      await home.close();
    });
    const title = (count: number) =>
      home.page.getByRole('heading', { level: 1, name: home.t('gallery.title', { count }), exact: true });
    /** As when a guest comes back to the page, until it is there. */
    const untilShown = (count: number) =>
      expect
        .poll(
          async () => {
            await home.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')) && undefined);
            return title(count).count();
          },
          { timeout: arrivalLimitMs, interval: 1000 },
        )
        .toBe(1);
    await expect.poll(async () => (await fetch(`${galleryUrl}g`)).status, { timeout: arrivalLimitMs }).toBe(200);
    await home.page.goto(link);
    await untilShown(1);
    await home.photos().first().click();
    const large = home.page.getByRole('dialog').getByRole('img').and(home.page.locator('[data-sharp="true"]'));
    await large.waitFor();
    const shown = await home.page.request.get((await large.getAttribute('src')) ?? '');
    expect(await distanceOf(await shown.body(), await readFile(sampleFile(guestsPhoto)))).toBeLessThan(samePhoto);
    await home.tap('viewer.close');

    const before = await screen.locator('[class]').evaluateAll((all) => all.length);
    await s3.close();
    await addPhoto(stage.folder(), laterPhoto);
    await booth.page.waitForTimeout(5_000);
    expect(await readShownCode(booth, path.join(stage.folder(), 'codes'))).toBe(link);
    expect(await screen.locator('[class]').evaluateAll((all) => all.length)).toBe(before);
    await guest.tap('kiosk.share.done');
    await booth.waitForScreen(['finish', 'goodbye', 'attract']);
  },
  journeyLimitMs,
);
