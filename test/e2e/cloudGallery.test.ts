// A guest at home: a browser, a bucket, and nothing else. No booth, no server of ours.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { galleryFragment } from '../../preload/index.ts';
import {
  objectsOf,
  putGallery,
  putGalleryDays,
  putGalleryPage,
  type Objects,
  type PutGallery,
} from '../fixtures/cloudGallery.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { sampleFile } from '../fixtures/photos.ts';
import { publicPolicy } from '../../main/core/sync/s3/publicPolicy.ts';
import { startS3, type S3Server } from '../fixtures/s3/index.ts';
import { violationsOf } from './axe.ts';
import { openBareBrowser, type BareBrowser } from './bareBrowser.ts';
import { openDisplay, type Display } from './display.ts';
import { distanceOf } from './handset.ts';

const token = 'AbCdEfGhIjKlMnOpQrStU-';
const code = 'K7QD9X2MA0B1';
const days = 30;
const prefix = 'booth-1/';
const samePhoto = 4;

let [folder, display, s3, objects, page] = [] as unknown as [string, Display, S3Server, Objects, string];

beforeAll(async () => {
  [folder, display] = await Promise.all([makeFolder(), openDisplay()]);
  s3 = await startS3(folder);
  // As whoever sets the bucket up allows it.
  s3.policy = publicPolicy({ bucket: s3.bucket, prefix, region: 'us-east-1' });
  objects = objectsOf(s3, prefix);
  page = `${s3.endpoint}/${s3.bucket}/${prefix}g`;
  await putGalleryPage(objects);
  await putGalleryDays(objects, [7, days]);
});
afterAll(async () => {
  await Promise.all([s3.close(), display.close()]);
  await removeFolder(folder);
});

const put = (samples: readonly number[]): Promise<PutGallery> =>
  putGallery(objects, { photos: samples.map(sampleFile), token, code, days });

async function sitDown(language: 'fr' | 'en'): Promise<BareBrowser> {
  const browser = await openBareBrowser(display, language);
  const complaints: string[] = [];
  browser.page.on('console', (message) => {
    if (message.text().includes('Content Security Policy directive')) complaints.push(message.text());
  });
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await browser.explain(task.name);
    await browser.close();
    expect(complaints).toEqual([]);
  });
  return browser;
}

/** As when a guest comes back to the page: it looks at once whether there is anything new. */
const comeBack = ({ page }: BareBrowser) =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')) && undefined);

it('opens a link, shows the photos, saves one in its original size, and sees the next one come', async () => {
  const gallery = await put([1, 2]);
  const browser = await sitDown('fr');
  await browser.page.goto(`${page}#${galleryFragment(days, token)}`);
  await browser.untilTitled('gallery.title', { count: 2 });
  expect(await browser.page.title()).toBe('Mariage de Léa et Tom');
  await browser.page.getByText(browser.t('cloud.erase')).waitFor();
  await browser.page.waitForLoadState('networkidle');
  expect(await violationsOf(browser.page)).toEqual([]);

  await browser.photos().first().click();
  const large = browser.page.getByRole('dialog').getByRole('img').and(browser.page.locator('[data-sharp="true"]'));
  await large.waitFor();
  expect(await violationsOf(browser.page)).toEqual([]);
  // Nobody is there to be told.
  expect(await browser.page.getByRole('button', { name: browser.t('viewer.notMe') }).count()).toBe(0);
  const original = await readFile(sampleFile(1));
  const shown = await browser.page.request.get((await large.getAttribute('src')) ?? '');
  expect(await distanceOf(await shown.body(), original)).toBeLessThan(samePhoto);
  const saved = await browser.save('viewer.save');
  expect(saved.name).toMatch(/^2026-06-13 22.10.00 \(1\)\.jpg$/);
  expect(saved.bytes.equals(original)).toBe(true);
  await browser.tap('viewer.close');
  await browser.page.getByRole('dialog').waitFor({ state: 'detached' });

  await gallery.rewrite([1, 2, 3].map(sampleFile));
  await comeBack(browser);
  await browser.untilTitled('gallery.title', { count: 3 });
  await browser.page
    .getByRole('status')
    .getByText(browser.t('gallery.fresh', { count: 1 }))
    .waitFor();
  expect(await browser.photos().count()).toBe(3);

  await gallery.rewrite([1].map(sampleFile), { mayDownload: false });
  await comeBack(browser);
  await browser.untilTitled('gallery.title', { count: 1 });
  await browser.photos().first().click();
  await browser.page.getByRole('dialog').waitFor();
  expect(await browser.page.getByRole('link', { name: browser.t('viewer.save') }).count()).toBe(0);
});

it('opens with a claim code, however it is typed, and with no other; again after a reload, until it is left', async () => {
  await put([1]);
  const browser = await sitDown('en');
  await browser.page.goto(page);
  await browser.untilTitled('code.title');
  expect(await violationsOf(browser.page)).toEqual([]);
  const field = browser.page.getByRole('textbox', { name: browser.t('code.label') });

  await field.fill('k7qd-9x2m-aob2');
  expect(await field.inputValue()).toBe('K7QD 9X2M A0B2');
  await browser.tap('code.submit');
  await browser.page.getByRole('alert').getByText(browser.t('cloud.codeWrong')).waitFor();
  expect(await violationsOf(browser.page)).toEqual([]);

  // Mended in its middle, the caret stays there.
  await field.fill('k7xx-9x2m-aobl');
  await field.evaluate((input: HTMLInputElement) => input.setSelectionRange(4, 4));
  await browser.page.keyboard.press('Backspace');
  await browser.page.keyboard.press('Backspace');
  await browser.page.keyboard.type('qd');
  expect(await field.inputValue()).toBe('K7QD 9X2M A0B1');
  await browser.tap('code.submit');
  await browser.untilTitled('gallery.title', { count: 1 });
  // Not in the address, which others may see or be sent.
  expect(browser.page.url()).toBe(page);

  await browser.page.reload();
  await browser.untilTitled('gallery.title', { count: 1 });
  await browser.tap('cloud.otherCode');
  await browser.untilTitled('code.title');
  await browser.page.reload();
  await browser.untilTitled('code.title');
});

it('ends when it is erased while it is looked at; is awaited before it is there, and opens by itself', async () => {
  const gallery = await put([1]);
  const browser = await sitDown('fr');
  await browser.page.goto(`${page}#${galleryFragment(days, token)}`);
  await browser.untilTitled('gallery.title', { count: 1 });
  await browser.photos().first().click();
  await browser.page.getByRole('dialog').waitFor();

  await gallery.erase();
  await comeBack(browser);
  await browser.untilTitled('ended.unknownTitle');
  expect(await browser.page.getByRole('dialog').count()).toBe(0);
  expect(await browser.page.getByRole('main').innerText()).toContain(browser.t('cloud.endedLead'));
  expect(await violationsOf(browser.page)).toEqual([]);

  await browser.page.reload();
  await browser.untilTitled('cloud.awaitedTitle');
  expect(await violationsOf(browser.page)).toEqual([]);
  await put([1, 2]);
  await comeBack(browser);
  await browser.untilTitled('gallery.title', { count: 2 });

  await browser.page.context().setOffline(true);
  await comeBack(browser);
  await browser.page.getByRole('status').getByText(browser.t('page.offline')).waitFor();
  await browser.page.context().setOffline(false);
  await browser.page.getByText(browser.t('page.offline')).waitFor({ state: 'detached' });
  expect(await browser.photos().count()).toBe(2);
});

it('is over when its time is, though its objects are still there', async () => {
  const gallery = await put([1]);
  await gallery.rewrite([1].map(sampleFile), { expiresAt: new Date(Date.now() - 1000).toISOString() });
  const browser = await sitDown('en');
  await browser.page.goto(`${page}#${galleryFragment(days, token)}`);
  await browser.untilTitled('ended.unknownTitle');
  expect(await browser.photos().count()).toBe(0);
});
