// Guests who take their photos along: the real app, and a real browser in the phone's place.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { phoneEventSchema, phonePaths } from '../../preload/index.ts';
import { cameraFrame, eventSamples, guestsPhoto } from '../fixtures/cameraFile.ts';
import { sampleFile } from '../fixtures/photos.ts';
import { violationsOf } from './axe.ts';
import { phonesHere, type Booth } from './driver.ts';
import { addPhoto } from './event.ts';
import { createGuest, type Guest } from './guest.ts';
import { distanceOf, openHandset, phoneBrowser, readShownCode, type Handset } from './handset.ts';
import { setStage } from './stage.ts';

const journeyLimitMs = 90_000;
const arrivalLimitMs = 20_000;
/** Shows the guest too, and is not in the event yet. */
const laterPhoto = 1;
/** What another size and JPEG's losses make of a photo; any other photo is more than ten times as far. */
const samePhoto = 4;

if (phoneBrowser === undefined) {
  process.stderr.write('No chromium (or Chrome) on PATH to be the phone: what guests see on theirs is not tested.\n');
}

describe.skipIf(phoneBrowser === undefined)('a guest with a phone', () => {
  const stage = setStage(eventSamples);
  let booth: Booth;
  let guest: Guest;

  beforeAll(async () => {
    booth = await stage.launchForAll({ settings: { phones: { ...phonesHere, asksEmail: true } } });
    guest = createGuest(booth, 'fr');
  });
  beforeEach(() => booth.startAfresh());

  async function takeOut(language: 'fr' | 'en'): Promise<Handset> {
    const phone = await openHandset(language);
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') await phone.explain(task.name);
      await phone.close();
    });
    return phone;
  }

  const shownCode = () => readShownCode(booth, path.join(stage.folder(), 'codes'));
  const expectPhoto = async (bytes: Buffer, sample: number) => {
    expect((await sharp(bytes).metadata()).format).toBe('jpeg');
    expect(await distanceOf(bytes, await readFile(sampleFile(sample)))).toBeLessThan(samePhoto);
  };

  it(
    'is found at the kiosk, takes the photos along, saves them, and erases everything',
    async () => {
      expect(await guest.findPhotos()).toBe('results');
      await guest.tap('kiosk.share.ask');
      await booth.waitForScreen('share');
      const link = await shownCode();

      const phone = await takeOut('fr');
      await phone.page.goto(link);
      await phone.untilTitled('gallery.title', { count: 1 });
      await expect.poll(() => phone.photos().count()).toBe(1);
      await phone.page.waitForLoadState('networkidle');
      expect(await violationsOf(phone.page)).toEqual([]);

      await phone.photos().tap();
      const large = phone.page.getByRole('dialog').getByRole('img').and(phone.page.locator('[data-sharp="true"]'));
      await large.waitFor();
      await expectPhoto(await pictureIn(phone, await large.getAttribute('src')), guestsPhoto);
      expect(await violationsOf(phone.page)).toEqual([]);

      const saved = await phone.save('viewer.save');
      expect(saved.name).toMatch(/\.jpg$/);
      await expectPhoto(saved.bytes, guestsPhoto);
      await phone.tap('viewer.close');
      await phone.page.getByRole('dialog').waitFor({ state: 'detached' });
      const all = await phone.save('gallery.saveAll');
      expect(all.name).toMatch(/\.zip$/);
      const entries = new AdmZip(all.bytes).getEntries();
      expect(entries.map(({ entryName }) => path.extname(entryName))).toEqual(['.jpg']);
      await expectPhoto(entries[0].getData(), guestsPhoto);

      await phone.photos().tap();
      await phone.tap('viewer.notMe');
      await phone.untilTitled('gallery.titleEmpty');
      expect(await phone.photos().count()).toBe(0);
      // Nothing lies over the page any more that would come back with the next photo.
      await expect.poll(() => phone.page.evaluate(() => window.history.state as unknown)).toBeNull();

      await phone.tap('gallery.erase');
      await phone.untilTitled('erase.title');
      await phone.tap('erase.confirm');
      await phone.untilTitled('ended.erasedTitle');
      await phone.page.goto(link);
      await phone.untilTitled('ended.unknownTitle');
      expect(await phone.page.getByRole('main').innerText()).toContain(phone.t('ended.unknownLead'));
      expect(await phone.photos().count()).toBe(0);
      await phone.tap('ended.restart');
      await phone.untilTitled('welcome.title');
    },
    journeyLimitMs,
  );

  it(
    'is not asked for an e-mail address where nobody wants it',
    async () => {
      const phone = await takeOut('fr');
      await phone.page.route(`**${phonePaths.event}`, async (route) => {
        const told = phoneEventSchema.parse(await (await route.fetch()).json());
        await route.fulfill({ json: { ...told, asksEmail: false } });
      });
      await phone.page.goto(await shownCode());
      await phone.tap('welcome.start');
      await phone.page.getByRole('textbox', { name: phone.t('consent.name'), exact: true }).waitFor();
      expect(await phone.page.getByRole('textbox', { name: phone.t('consent.email') }).count()).toBe(0);
    },
    journeyLimitMs,
  );

  it(
    'takes the selfie on the phone, and sees the next photo come by itself',
    async () => {
      const phone = await takeOut('en');
      const start = await shownCode();
      await phone.page.goto(start);
      await phone.untilTitled('welcome.title');
      expect(await violationsOf(phone.page)).toEqual([]);
      await phone.tap('welcome.start');
      await phone.page.getByRole('button', { name: phone.t('consent.accept') }).waitFor();
      expect(await violationsOf(phone.page)).toEqual([]);

      const email = phone.page.getByRole('textbox', { name: phone.t('consent.email'), exact: true });
      expect(
        await email.evaluate((input: HTMLInputElement) => [input.type, input.inputMode, input.autocomplete]),
      ).toEqual(['email', 'email', 'email']);
      await email.fill('ana@booth');
      await phone.tap('consent.accept');
      await phone.page.getByRole('alert').getByText(phone.t('consent.emailWrong')).waitFor();
      expect(await email.getAttribute('aria-invalid')).toBe('true');
      expect(await violationsOf(phone.page)).toEqual([]);
      await email.fill(' ana@example.org ');
      expect(await phone.page.getByRole('alert').count()).toBe(0);
      const registering = phone.page.waitForRequest((request) => request.url().endsWith(phonePaths.register));

      await phone.takeSelfie('consent.accept', await cameraFrame('guest'));
      expect((await registering).postDataJSON()).toMatchObject({ email: 'ana@example.org' });
      await phone.untilTitled('gallery.title', { count: 1 });
      expect(await phone.photos().count()).toBe(1);
      await expectPhoto(
        await pictureIn(phone, await phone.photos().getByRole('presentation').getAttribute('src')),
        guestsPhoto,
      );

      await phone.page.evaluate(() => (document.documentElement.dataset['stayed'] = 'yes'));
      await addPhoto(stage.folder(), laterPhoto);
      await expect.poll(() => phone.photos().count(), { timeout: arrivalLimitMs }).toBe(2);
      await phone.untilTitled('gallery.title', { count: 2 });
      await phone.page
        .getByRole('status')
        .getByText(phone.t('gallery.fresh', { count: 1 }))
        .waitFor();
      expect(await phone.page.locator('html').getAttribute('data-stayed')).toBe('yes');
    },
    journeyLimitMs,
  );
});

/** The bytes of a picture that the page shows. */
async function pictureIn({ page }: Handset, source: string | null): Promise<Buffer> {
  const reply = await page.request.get(new URL(source ?? expect.fail('no picture is shown'), page.url()).href);
  return reply.body();
}
