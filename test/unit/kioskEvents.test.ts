import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../preload/index.ts';
import { kiosk, photo, setStage, type Stage } from './kioskEdges.ts';

let stage: Stage;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** At the attract screen, its core there. */
async function open(): Promise<void> {
  stage = setStage();
  stage.line('open');
  await vi.advanceTimersByTimeAsync(1_000);
}

/** Back with a code: the shortest way to photos. */
async function openResults(): Promise<void> {
  await open();
  stage.journey.attract.onCode();
  stage.journey.codeEntry.onSubmit('ABCD2345');
  await vi.advanceTimersByTimeAsync(100);
  expect(stage.at()).toBe('results');
}

const another = {
  ...kiosk,
  event: { ...kiosk.event, id: 2, name: 'Le gala' },
  languages: ['en' as const, 'fr' as const],
};

describe('another event', () => {
  it('takes a guest of the first to a pause, and then is all that is known', async () => {
    await openResults();
    stage.tell('kiosk:changed', another);
    expect(stage.at()).toBe('pause');
    expect(stage.journey.store.getState().visit).toBeUndefined();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stage.journey.store.getState()).toMatchObject({ scene: { at: 'attract' }, language: 'en' });
    expect(stage.journey.store.getState().kiosk?.event.name).toBe('Le gala');
  });

  it('is shown at once where nobody is', async () => {
    await open();
    stage.tell('kiosk:changed', another);
    expect(stage.journey.store.getState()).toMatchObject({ scene: { at: 'attract' }, language: 'en' });
  });
});

describe('an event', () => {
  it('whose settings change leaves its guest where they are', async () => {
    await openResults();
    stage.tell('kiosk:changed', { ...kiosk, mayBrowse: false });
    expect(stage.at()).toBe('results');
    expect(stage.journey.store.getState().kiosk?.mayBrowse).toBe(false);
  });

  it.each(['closed', 'locked'] as const)('that is %s has no guests any more', async (at) => {
    await openResults();
    stage.tell('engine:changed', { at });
    expect(stage.at()).toBe('pause');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stage.journey.store.getState()).toMatchObject({ scene: { at: 'attract' }, engine: { at } });
  });
});

describe('a guest who wants to be deleted', () => {
  it('says whether the face goes as well, and is told that it is done', async () => {
    await openResults();
    stage.journey.results.onErase();
    expect(stage.at()).toBe('erase');
    stage.journey.erase.onWithFaces(true);
    stage.journey.erase.onConfirm();
    await vi.advanceTimersByTimeAsync(50);
    expect(stage.asked.find(({ method }) => method === 'visit:erase')?.payload).toMatchObject({ withFaces: true });
    expect(stage.journey.store.getState()).toMatchObject({
      scene: { at: 'goodbye', hasCode: false, erasedFaces: 2 },
      visit: undefined,
    });
    // Core has ended it.
    expect(stage.methods()).not.toContain('visit:end');
  });

  it('may go back, and hears of it where it does not work', async () => {
    await openResults();
    stage.script['visit:erase'] = () => fail('library.full');
    stage.journey.results.onErase();
    stage.journey.erase.onConfirm();
    await vi.advanceTimersByTimeAsync(50);
    expect(stage.journey.store.getState().scene).toMatchObject({ at: 'erase', isBusy: false, fault: 'library.full' });
    stage.journey.erase.onBack();
    expect(stage.at()).toBe('results');
  });
});

describe('what does not work', () => {
  it('is said where a code cannot be kept', async () => {
    await openResults();
    stage.script['visit:keep'] = () => fail('library.full');
    stage.journey.results.onFinish();
    stage.journey.finish.onKeep();
    await vi.advanceTimersByTimeAsync(50);
    expect(stage.journey.store.getState().scene).toEqual({ at: 'finish', fault: 'library.full' });
  });

  it('is said where photos do not come', async () => {
    await open();
    stage.script['browse:photos'] = () => fail('engine.failed');
    stage.journey.attract.onBrowse();
    await vi.advanceTimersByTimeAsync(50);
    expect(stage.journey.store.getState().scene).toMatchObject({
      at: 'browse',
      hasMore: false,
      fault: 'engine.failed',
    });
    stage.script['browse:photos'] = () => ok([photo(4)]);
    stage.journey.browse.onHour('2026-06-20T18');
    await vi.advanceTimersByTimeAsync(50);
    expect(stage.journey.store.getState().scene).toMatchObject({ photos: [photo(4)], fault: undefined });
  });
});

describe('the camera', () => {
  it('is told of to the crew, once for each change', async () => {
    await open();
    const told = () => stage.asked.filter(({ method }) => method === 'camera:state').map(({ payload }) => payload);
    stage.camera.turn({ at: 'live', aspect: 1 });
    stage.camera.turn({ at: 'live', aspect: 1 });
    stage.camera.turn({ at: 'unavailable', fault: 'camera.lost' });
    stage.camera.turn({ at: 'closed' });
    expect(told()).toEqual([{ camera: 'live' }, { camera: 'camera.lost' }, { camera: 'idle' }]);
  });
});
