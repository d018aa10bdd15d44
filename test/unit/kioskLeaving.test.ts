import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok } from '../../preload/index.ts';
import { faceAt, guidance, kiosk, setStage, visitId, type Stage } from './kioskEdges.ts';

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function atAttract(): Promise<Stage> {
  const stage = setStage();
  stage.line('open');
  await pass(10);
  return stage;
}

async function atResults(): Promise<Stage> {
  const stage = await atAttract();
  stage.script['guide:check'] = () => ok(guidance('ready', faceAt(0.5)));
  stage.journey.attract.onStart();
  stage.journey.consent.onAccept();
  await pass(5_000);
  expect(stage.at()).toBe('results');
  return stage;
}

const { engine, ...settings } = kiosk;
const untouched = {
  kiosk: settings,
  engine,
  language: 'fr',
  isHighContrast: false,
  visit: undefined,
  idleSecondsLeft: undefined,
};

const ended = (stage: Stage) =>
  stage.asked.filter(({ method }) => method === 'visit:end').map(({ payload }) => payload);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('leaving', () => {
  it('leaves nothing of the visit behind', async () => {
    const stage = await atResults();
    stage.journey.onLanguage('en');
    stage.journey.onHighContrast(true);
    stage.journey.results.onFinish();
    stage.journey.finish.onKeep();
    await pass(10);
    expect(stage.at()).toBe('keptCode');
    stage.journey.keptCode.onDone();
    // The thanks are said as the guest reads them.
    const manner = { language: 'en', isHighContrast: true };
    expect(stage.journey.store.getState()).toEqual({
      ...untouched,
      ...manner,
      run: 1,
      scene: { at: 'goodbye', hasCode: true },
    });
    expect(ended(stage)).toEqual([{ visitId }]);
    expect(stage.camera.state().at).toBe('closed');
    await pass(300);
    expect(stage.forgotten()).toBe(1);
    await pass(4_000);
    expect(stage.journey.store.getState()).toEqual({ ...untouched, run: 2, scene: { at: 'attract' } });
    expect(ended(stage)).toHaveLength(1);
  });

  it('takes a language back that somebody chose who then walked on', async () => {
    const stage = await atAttract();
    stage.journey.onLanguage('en');
    stage.journey.onHighContrast(true);
    await pass(600_000);
    expect(stage.journey.store.getState()).toEqual({ ...untouched, run: 1, scene: { at: 'attract' } });
  });

  it('thanks until it is touched', async () => {
    const stage = await atResults();
    stage.journey.results.onFinish();
    stage.journey.finish.onDone();
    await pass(1_000);
    stage.journey.goodbye.onDone();
    expect(stage.at()).toBe('attract');
    // The next guest is not interrupted by the thanks to the last one.
    stage.journey.attract.onStart();
    await pass(10_000);
    expect(stage.at()).toBe('consent');
  });

  it('ignores what comes for a guest who has gone', async () => {
    const stage = await atResults();
    let answer: (() => void) | undefined;
    stage.script['visit:keep'] = () =>
      new Promise((resolve) => (answer = () => resolve(ok({ code: 'ABCD2345', expiresOn: '2026-07-20' }))));
    stage.journey.results.onFinish();
    stage.journey.finish.onKeep();
    stage.journey.finish.onDone();
    answer?.();
    await pass(300);
    expect(stage.journey.store.getState()).toEqual({ ...untouched, run: 1, scene: { at: 'goodbye', hasCode: false } });
  });
});

describe('a search that is answered too late', () => {
  it('shows nobody’s photos to the next guest', async () => {
    const stage = await atAttract();
    stage.script['guide:check'] = () => ok(guidance('ready', faceAt(0.5)));
    const { 'selfie:search': search } = stage.script;
    stage.script['selfie:search'] = async (asked) => {
      await new Promise((resolve) => setTimeout(resolve, 6_000));
      return search(asked);
    };
    stage.journey.attract.onStart();
    stage.journey.consent.onAccept();
    await pass(5_000);
    expect(stage.at()).toBe('searching');
    stage.line('lost');
    stage.line('open');
    await pass(10_000);
    expect(stage.journey.store.getState()).toEqual({ ...untouched, run: 1, scene: { at: 'attract' } });
  });
});

describe('idle', () => {
  it('asks a guest who does nothing, counts down, and wipes', async () => {
    const stage = await atResults();
    await pass(29_000);
    expect(stage.journey.store.getState().idleSecondsLeft).toBeUndefined();
    await pass(1_000);
    expect(stage.journey.store.getState().idleSecondsLeft).toBe(15);
    await pass(5_000);
    expect(stage.journey.store.getState().idleSecondsLeft).toBe(10);
    await pass(10_000);
    expect(stage.journey.store.getState()).toEqual({ ...untouched, run: 1, scene: { at: 'attract' } });
    expect(ended(stage)).toEqual([{ visitId }]);
  });

  it('gives more time, and begins anew with each touch', async () => {
    const stage = await atResults();
    await pass(25_000);
    stage.journey.idle.touched();
    await pass(25_000);
    expect(stage.journey.store.getState().idleSecondsLeft).toBeUndefined();
    await pass(10_000);
    expect(stage.journey.store.getState().idleSecondsLeft).toBeGreaterThan(0);
    // A finger that comes down may be about to say "leave": it takes the question not away.
    stage.journey.idle.touched();
    expect(stage.journey.store.getState().idleSecondsLeft).toBeGreaterThan(0);
    stage.journey.idle.onStay();
    expect(stage.journey.store.getState().idleSecondsLeft).toBeUndefined();
    await pass(29_000);
    expect(stage.at()).toBe('results');
    expect(stage.journey.store.getState().idleSecondsLeft).toBeUndefined();
  });

  it('leaves the attract screen alone', async () => {
    const stage = await atAttract();
    await pass(600_000);
    expect(stage.journey.store.getState()).toEqual({ ...untouched, run: 0, scene: { at: 'attract' } });
  });

  it('does not run while the kiosk is searching', async () => {
    const stage = await atAttract();
    stage.script['guide:check'] = () => ok(guidance('ready', faceAt(0.5)));
    stage.script['selfie:search'] = () => new Promise(() => undefined);
    stage.journey.attract.onStart();
    stage.journey.consent.onAccept();
    await pass(100_000);
    expect(stage.at()).toBe('searching');
    expect(stage.journey.store.getState().idleSecondsLeft).toBeUndefined();
  });

  it('takes a face before the camera for presence, but not for ever', async () => {
    const stage = await atAttract();
    stage.script['guide:check'] = () => ok(guidance('too-far', faceAt(0.5)));
    stage.journey.attract.onStart();
    stage.journey.idle.touched();
    stage.journey.consent.onAccept();
    await pass(170_000);
    expect(stage.at()).toBe('camera');
    expect(stage.journey.store.getState().idleSecondsLeft).toBeUndefined();
    await pass(60_000);
    expect(stage.at()).toBe('attract');
  });

  it('asks at a camera before which nobody stands', async () => {
    const stage = await atAttract();
    stage.journey.attract.onStart();
    stage.journey.consent.onAccept();
    await pass(31_000);
    expect(stage.at()).toBe('camera');
    expect(stage.journey.store.getState().idleSecondsLeft).toBeGreaterThan(0);
  });
});

describe('a core that is lost', () => {
  it('gives a guest a moment’s pause, and the attract screen as soon as it is back', async () => {
    const stage = await atResults();
    stage.line('lost');
    expect(stage.journey.store.getState()).toEqual({
      ...untouched,
      engine: { at: 'starting' },
      run: 1,
      scene: { at: 'pause' },
    });
    await pass(500);
    stage.line('open');
    await pass(1_000);
    expect(stage.journey.store.getState()).toEqual({ ...untouched, run: 1, scene: { at: 'attract' } });
  });

  it('leads to the attract screen after four seconds even if it does not come back', async () => {
    const stage = await atResults();
    stage.line('lost');
    await pass(3_900);
    expect(stage.at()).toBe('pause');
    await pass(200);
    expect(stage.at()).toBe('attract');
    expect(stage.journey.store.getState().engine).toEqual({ at: 'starting' });
    stage.line('open');
    await pass(10);
    expect(stage.journey.store.getState().engine).toEqual({ at: 'ready' });
  });

  it('shows on the attract screen as an engine that is starting, and no pause', async () => {
    const stage = await atAttract();
    stage.line('lost');
    expect(stage.at()).toBe('attract');
    expect(stage.journey.store.getState().engine).toEqual({ at: 'starting' });
  });

  it('lets go of the camera', async () => {
    const stage = await atAttract();
    stage.journey.attract.onStart();
    stage.journey.consent.onAccept();
    await pass(500);
    expect(stage.camera.state().at).toBe('live');
    stage.line('lost');
    expect(stage.camera.state().at).toBe('closed');
    const { frames } = stage.camera;
    await pass(2_000);
    expect(stage.camera.frames).toBe(frames);
  });
});
