// A walk through what the crew sees: the wizard, the sign-in, every view and the event editor, in the real app.
import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { eventSamples } from '../fixtures/cameraFile.ts';
import { createCrew, openStation, setUpBooth, staffWindowOf, untilStationIsClosed } from './crew.ts';
import type { Display } from './display.ts';
import { launchBooth, phonesHere, photosDirOf, type Booth } from './driver.ts';
import { addPhoto } from './event.ts';
import { createGuest } from './guest.ts';
import { untilEngineIsReady, untilSearched } from './line.ts';
import { settled } from './settled.ts';

export interface CrewTourOptions {
  display: Display;
  /** Empty; the booth's own. */
  folder: string;
  size: { width: number; height: number };
  language: 'fr' | 'en';
  /** Called at each stop, while the screen is on show. `name`: two figures and words, in the order of the walk. */
  onStop: (name: string, page: Page) => Promise<void>;
}

/** What unfolds does so within this. */
const settleMs = 1_000;
const passphrase = 'trois lanternes en mer';
/** What guests' phones join. */
const wifi = { name: 'Léa & Tom', password: 'bienvenue' };

export async function takeCrewTour(options: CrewTourOptions): Promise<void> {
  const { folder, language, onStop } = options;
  await mkdir(photosDirOf(folder), { recursive: true });
  for (const sample of eventSamples) await addPhoto(folder, sample);
  let stops = 0;
  const stopIn = (page: Page) => async (name: string) => {
    stops += 1;
    await settled(page, settleMs);
    await onStop(`${String(stops).padStart(2, '0')}-${name}`, page);
  };

  await withBooth(options, async (booth) => {
    const owner = createCrew(await staffWindowOf(booth), language);
    const wizardStop = stopIn(owner.page);
    await stopIn(booth.page)('guests-setup');
    await setUpBooth(owner, photosDirOf(folder), (name) => wizardStop(`setup-${name}`));
    await owner.tap('frame.leave');
    await untilEngineIsReady(booth);
    await untilSearched(eventSamples.length, booth);
    await booth.startAfresh();
    const guest = createGuest(booth, language);
    await guest.findPhotos();

    const crew = createCrew(await openStation(booth), language);
    const stop = stopIn(crew.page);
    await crew.untilScreen('signed-out');
    await stop('sign-in');
    await crew.signIn();
    await stop('wall');
    for (const view of ['sources', 'queue', 'visits', 'events', 'health', 'journal', 'log'] as const) {
      await crew.openView(view);
      await stop(view);
    }
    await crew.openView('sources');
    await crew.tap('sources.photographClock');
    await crew.page.getByRole('dialog').waitFor();
    await stop('sources-clock');
    await crew.tap('close');
    await crew.openView('visits');
    await crew.tap('visits.erase');
    await stop('visit-erase');
    await crew.tap('cancel');
    await crew.openView('events');
    await crew.tap('events.edit');
    await crew.page.getByRole('heading', { name: crew.t('events.actions') }).waitFor();
    await stop('event-editor');
    await crew.page.getByLabel(crew.t('events.wifi.name')).fill(wifi.name);
    await crew.page.getByLabel(crew.t('events.wifi.password')).fill(wifi.password);
    await crew.tap('save');
    await crew.button('saved').waitFor();
    await crew.tap('transfer.export');
    await stop('event-export');
    await crew.tap('cancel');
    await crew.tap('menu.open');
    await stop('menu');
    await crew.tap('menu.passphrase');
    await crew.page.getByLabel(crew.t('passphrase.first'), { exact: true }).fill(passphrase);
    await crew.page.getByLabel(crew.t('passphrase.second'), { exact: true }).fill(passphrase);
    await stop('passphrase');
    await crew.tap('save');
    await crew.page.getByRole('dialog').waitFor({ state: 'detached' });
    await crew.tap('events.to.closed');
    await booth.page.getByText(guest.t('kiosk.attract.closedTitle')).waitFor();
    await stopIn(booth.page)('guests-closed');
    await crew.tap('events.to.open');
    await booth.page.getByText(guest.t('kiosk.attract.title')).waitFor();

    await crew.tap('frame.leave');
    await untilStationIsClosed(booth);
    await stopIn(booth.page)('guests-wifi');
    await guest.findPhotos();
    await guest.tap('kiosk.share.ask');
    await booth.waitForScreen('share');
    await stopIn(booth.page)('guests-share');
  });

  await withBooth(options, async (booth) => {
    await booth.page.getByText(createGuest(booth, language).t('kiosk.attract.lockedTitle')).waitFor();
    await stopIn(booth.page)('guests-locked');
    const crew = createCrew(await openStation(booth), language);
    await crew.signIn();
    await crew.button('locks.unlock').waitFor();
    await stopIn(crew.page)('locked');
  });
}

async function withBooth(
  { display, folder, size, language }: CrewTourOptions,
  walk: (booth: Booth) => Promise<void>,
): Promise<void> {
  const booth = await launchBooth({
    display,
    folder,
    scene: 'guest',
    isNew: true,
    size,
    language,
    settings: { phones: phonesHere },
  });
  try {
    await walk(booth);
  } finally {
    await booth.close();
  }
}
