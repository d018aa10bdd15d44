import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok, type Kiosk } from '../../preload/index.ts';
import { faceAt, gallery, guidance, kiosk, setStage, visitId, type Stage } from './kioskEdges.ts';

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

const phones: Kiosk['phones'] = { mayShare: true, shortAddress: '192.168.1.20:8080' };

/** A guest who looks at what was found. */
async function atResults(settings: Partial<Kiosk> = { phones }): Promise<Stage> {
  const stage = setStage(settings);
  stage.line('open');
  await pass(10);
  stage.script['guide:check'] = () => ok(guidance('ready', faceAt(0.5)));
  stage.journey.attract.onStart();
  stage.journey.consent.onAccept();
  await pass(5_000);
  expect(stage.at()).toBe('results');
  return stage;
}

async function atShare(settings?: Partial<Kiosk>): Promise<Stage> {
  const stage = await atResults(settings);
  stage.journey.results.onShare();
  await pass(10);
  expect(stage.at()).toBe('share');
  return stage;
}

const asked = (stage: Stage) => stage.asked.filter(({ method }) => method === 'visit:share');
const sceneOf = (stage: Stage) => stage.journey.store.getState().scene;
const idleSecondsOf = (stage: Stage) => stage.journey.store.getState().idleSecondsLeft;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the photos on the guest’s phone', () => {
  it('are asked for once, however often the button is touched', async () => {
    const stage = await atResults();
    stage.journey.results.onShare();
    stage.journey.results.onShare();
    await pass(10);
    expect(asked(stage)).toEqual([{ method: 'visit:share', payload: { visitId } }]);
    expect(sceneOf(stage)).toEqual({ at: 'share', ...gallery, secondsLeft: 90 });
  });

  it('bring a code along, so that no other is offered', async () => {
    const stage = await atShare();
    expect(stage.journey.store.getState().visit?.hasCode).toBe(true);
    stage.journey.share.onBack();
    expect(sceneOf(stage)).toEqual({ at: 'results', openId: undefined });
    // They are there to be scanned once more, and from the finish too.
    stage.journey.results.onFinish();
    stage.journey.finish.onShare();
    await pass(10);
    expect(stage.at()).toBe('share');
    expect(asked(stage)).toHaveLength(2);
  });

  it.each<[string, Partial<Kiosk>]>([
    ['phones cannot reach the booth', {}],
    ['the event does not want that', { phones: { mayShare: false, shortAddress: '192.168.1.20:8080' } }],
  ])('are not asked for where %s', async (_, settings) => {
    const stage = await atResults(settings);
    stage.journey.results.onShare();
    stage.journey.results.onFinish();
    stage.journey.finish.onShare();
    await pass(10);
    expect(stage.at()).toBe('finish');
    expect(asked(stage)).toEqual([]);
  });

  it('are offered where phones cannot reach the booth and there are galleries in the cloud, at home alone', async () => {
    const home = {
      url: 'https://photos.example.org/g#30.AAAAAAAAAAAAAAAAAAAAAA',
      shortAddress: 'photos.example.org/g',
    };
    const stage = await atResults({ codeLength: 12, home: { shortAddress: home.shortAddress } });
    const { code, expiresOn } = gallery;
    stage.script['visit:share'] = () => ok({ home, code, expiresOn });
    stage.journey.results.onShare();
    await pass(10);
    expect(sceneOf(stage)).toEqual({ at: 'share', home, code, expiresOn, secondsLeft: 90 });
  });

  it('leave a guest where they are who cannot have them, with the reason, and can be asked for again', async () => {
    const stage = await atResults();
    const { 'visit:share': share } = stage.script;
    stage.script['visit:share'] = () => fail('phones.unreachable');
    stage.journey.results.onShare();
    await pass(10);
    expect(sceneOf(stage)).toEqual({ at: 'results', openId: undefined, fault: 'phones.unreachable' });
    expect(stage.journey.store.getState().visit?.hasCode).toBe(false);

    stage.journey.results.onFinish();
    stage.journey.finish.onShare();
    await pass(10);
    expect(sceneOf(stage)).toEqual({ at: 'finish', fault: 'phones.unreachable' });

    let answer: (() => void) | undefined;
    stage.script['visit:share'] = (payload) =>
      new Promise((resolve) => (answer = () => void Promise.resolve(share(payload)).then(resolve)));
    stage.journey.finish.onShare();
    await pass(10);
    // What was wrong is not said any longer while it is tried anew.
    expect(sceneOf(stage)).toEqual({ at: 'finish', fault: undefined });
    answer?.();
    await pass(10);
    expect(stage.at()).toBe('share');
  });

  it('are not shown to the next guest when they come too late, who can have their own', async () => {
    const stage = await atResults();
    const { 'visit:share': share } = stage.script;
    let answer: (() => void) | undefined;
    const others = { ...gallery, code: 'ABCD2345' };
    stage.script['visit:share'] = () => new Promise((resolve) => (answer = () => resolve(ok(others))));
    stage.journey.results.onShare();
    await pass(10);
    stage.journey.results.onFinish();
    stage.journey.finish.onDone();
    stage.journey.goodbye.onDone();
    stage.script['visit:share'] = share;
    stage.journey.attract.onStart();
    stage.journey.consent.onAccept();
    await pass(5_000);
    expect(stage.at()).toBe('results');
    stage.journey.results.onShare();
    answer?.();
    await pass(10);
    expect(asked(stage)).toHaveLength(2);
    expect(sceneOf(stage)).toMatchObject({ at: 'share', code: gallery.code });
  });

  it('do not call a guest back who has walked on before they came', async () => {
    const stage = await atResults();
    stage.journey.results.onShare();
    stage.journey.results.onFinish();
    await pass(10);
    expect(sceneOf(stage)).toEqual({ at: 'finish' });
    // They have seen no code.
    expect(stage.journey.store.getState().visit?.hasCode).toBe(false);
  });

  it('are told of as kept also when another picture has followed', async () => {
    const stage = await atShare();
    stage.journey.share.onBack();
    stage.journey.results.onAgain();
    await pass(5_000);
    expect(stage.at()).toBe('results');
    expect(stage.journey.store.getState().visit).toMatchObject({ hasCode: false, hadCode: true });
    stage.journey.results.onFinish();
    stage.journey.finish.onDone();
    expect(sceneOf(stage)).toEqual({ at: 'goodbye', hasCode: true });
  });

  it('are told of as kept when the guest leaves', async () => {
    const stage = await atShare();
    stage.journey.share.onDone();
    expect(sceneOf(stage)).toEqual({ at: 'goodbye', hasCode: true });
    expect(stage.asked.filter(({ method }) => method === 'visit:end')).toHaveLength(1);
  });
});

describe('a guest who scans', () => {
  it('is never asked whether they are there, and sees the seconds run out', async () => {
    const stage = await atShare();
    for (const secondsLeft of [80, 60, 40, 20]) {
      await pass(secondsLeft === 80 ? 10_000 : 20_000);
      expect(sceneOf(stage)).toMatchObject({ at: 'share', secondsLeft });
      expect(idleSecondsOf(stage)).toBeUndefined();
    }
    await pass(19_000);
    expect(sceneOf(stage)).toMatchObject({ at: 'share', secondsLeft: 1 });
    await pass(1_000);
    expect(sceneOf(stage)).toEqual({ at: 'goodbye', hasCode: true });
    expect(stage.journey.store.getState().visit).toBeUndefined();
  });

  it('has all the time again after a touch', async () => {
    const stage = await atShare();
    await pass(80_000);
    stage.journey.idle.touched();
    expect(sceneOf(stage)).toMatchObject({ secondsLeft: 90 });
    await pass(80_000);
    expect(sceneOf(stage)).toMatchObject({ at: 'share', secondsLeft: 10 });
  });

  it('has no less time than at any other screen', async () => {
    const stage = await atShare({ phones, idle: { warnAfterMs: 100_000, wipeAfterMs: 50_000 } });
    await pass(149_000);
    expect(sceneOf(stage)).toMatchObject({ at: 'share', secondsLeft: 1 });
    await pass(1_000);
    expect(stage.at()).toBe('goodbye');
  });

  it('is asked again as ever once back at the photos', async () => {
    const stage = await atShare();
    await pass(60_000);
    stage.journey.share.onBack();
    await pass(kiosk.idle.warnAfterMs);
    expect(idleSecondsOf(stage)).toBe(15);
    await pass(kiosk.idle.wipeAfterMs);
    expect(stage.at()).toBe('attract');
    // Nothing of the count-down is left over for whoever comes next.
    stage.journey.attract.onStart();
    await pass(20_000);
    expect(stage.at()).toBe('consent');
  });
});
