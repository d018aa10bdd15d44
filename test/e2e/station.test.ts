// From a booth out of its box to the first guest, and the crew at their station over the guests' window.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventSamples, guestsPhoto } from '../fixtures/cameraFile.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { createCrew, openStation, pin, setUpBooth, staffWindowOf, type Crew } from './crew.ts';
import { openDisplay, type Display } from './display.ts';
import { landscape, launchBooth, photosDirOf, portrait, type Booth } from './driver.ts';
import { addPhoto, hashOf } from './event.ts';
import { createGuest, type Guest } from './guest.ts';
import { untilEngineIsReady, untilSearched } from './line.ts';

let display: Display;
let folder: string;
let booth: Booth;
let guest: Guest;
let crew: Crew;

describe('a booth out of its box', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    [display, folder] = await Promise.all([openDisplay(), makeFolder()]);
    booth = await launchBooth({ display, folder, scene: 'guest', isNew: true, size: portrait });
    guest = createGuest(booth, 'fr');
  });
  afterAll(async () => {
    try {
      await booth.close();
    } finally {
      await display.close();
      await removeFolder(folder);
    }
  });

  it('asks its owner six questions, and then finds a guest', async () => {
    crew = createCrew(await staffWindowOf(booth), 'fr');
    await booth.page.getByText(guest.t('kiosk.attract.setupTitle')).waitFor();
    for (const sample of eventSamples) await addPhoto(folder, sample);
    await setUpBooth(crew, photosDirOf(folder));
    await crew.tap('frame.leave');
    await untilEngineIsReady(booth);
    await untilSearched(eventSamples.length, booth);
    await booth.startAfresh();
    expect(await guest.findPhotos()).toBe('results');
    expect(await guest.shownPhotos()).toEqual([await hashOf(guestsPhoto)]);
  });

  it('has its station behind a corner and a PIN, and shows the visit without the guest', async () => {
    crew = createCrew(await openStation(booth), 'fr');
    await crew.untilScreen('signed-out');
    // The corner was rested on, not touched: the guest is where they were.
    expect(await booth.waitForScreen('results')).toBe('results');
    await crew.typePin('0000');
    await crew.page.getByText('Ce code n’est pas le bon.').waitFor();
    await crew.signIn();
    await crew.page.getByText('Fête d’été à Évian').first().waitFor();
    await expect.poll(() => crew.page.locator('main img').count()).toBe(eventSamples.length);
    await crew.openView('visits');
    await crew.page.getByText(crew.t('visits.here')).waitFor();
    expect(await crew.page.locator('main img').count()).toBe(0);
    await crew.page.locator('td input').fill('Zoé');
    await crew.openView('journal');
    await crew.page.getByText(crew.t('actions.visit.named')).waitFor();
    await crew.openView('health');
    await crew.page.getByText('faceindex').waitFor();
    await crew.tap('frame.leave');
    await expect.poll(() => booth.app.windows().length).toBe(1);
  });

  it('deletes a guest who wants it, face and all', async () => {
    await guest.tap('kiosk.erase.ask');
    await booth.waitForScreen('erase');
    await booth.page.getByRole('switch').click();
    await guest.tap('kiosk.erase.confirm');
    await booth.waitForScreen('goodbye');
    await booth.page.getByText(guest.t('kiosk.goodbye.leadFaces', { count: 1 })).waitFor();
    await booth.waitForScreen('attract');
    await guest.findPhotos();
    // Somebody else in the photo may look a little like the guest, who is asked; nothing is surely theirs any more.
    expect(await booth.page.getByText(guest.t('kiosk.results.title', { count: 1 })).count()).toBe(0);
    await booth.startAfresh();
  });

  it('goes over to another event on every screen, and closes to guests', async () => {
    crew = createCrew(await openStation(booth), 'fr');
    await crew.signIn();
    await crew.openView('events');
    await crew.tap('events.new');
    await crew.page.getByLabel(crew.t('events.name'), { exact: true }).fill('Le gala');
    await crew.button('save').click();
    await crew.tap('events.to.open');
    await crew.tap('events.activate');
    await crew.page
      .getByRole('dialog')
      .getByRole('button', { name: crew.t('events.activate') })
      .click();
    await booth.page.getByText('Le gala').waitFor();
    await untilEngineIsReady(booth);
    await crew.tap('events.to.closed');
    await booth.page.getByText(guest.t('kiosk.attract.closedTitle')).waitFor();
    await crew.tap('events.to.open');
    await booth.page.getByText(guest.t('kiosk.attract.title')).waitFor();
    await crew.tap('frame.leave');
  });

  it('asks for the passphrase after a restart, its guests waiting meanwhile', async () => {
    crew = createCrew(await openStation(booth), 'fr');
    await crew.signIn();
    await crew.tap('menu.open');
    await crew.tap('menu.passphrase');
    await crew.page.getByLabel(crew.t('passphrase.first'), { exact: true }).fill('trois lanternes en mer');
    await crew.page.getByLabel(crew.t('passphrase.second'), { exact: true }).fill('trois lanternes en mer');
    await crew.tap('save');
    await crew.page.getByRole('dialog').waitFor({ state: 'detached' });
    await booth.close();

    booth = await launchBooth({ display, folder, scene: 'guest', isNew: true, size: landscape });
    guest = createGuest(booth, 'fr');
    await booth.page.getByText(guest.t('kiosk.attract.lockedTitle')).waitFor();
    crew = createCrew(await openStation(booth), 'fr');
    await crew.signIn();
    await crew.page.getByLabel(crew.t('locks.passphrase'), { exact: true }).fill('trois lanternes en mer');
    await crew.tap('locks.unlock');
    await booth.page.getByText(guest.t('kiosk.attract.title')).waitFor();
    expect(pin).toHaveLength(4);
  });

  it('ends when its crew ends it', async () => {
    await crew.tap('menu.open');
    await crew.tap('menu.quit');
    const ended = booth.app.waitForEvent('close');
    await crew.page
      .getByRole('dialog')
      .getByRole('button', { name: crew.t('menu.quit') })
      .click();
    await ended;
  });
});
