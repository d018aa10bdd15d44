import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok, type FramePoint } from '../../preload/index.ts';
import { faceAt, guidance, photo, setStage, visitId, type Stage } from './kioskEdges.ts';

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** A guest who has agreed and stands before the camera. */
async function beforeCamera(settings: Parameters<typeof setStage>[0] = {}): Promise<Stage> {
  const stage = setStage(settings);
  stage.line('open');
  await pass(10);
  stage.journey.attract.onStart();
  stage.journey.consent.onAccept();
  await pass(10);
  return stage;
}

/** A guest whose pose is right: counted down, photographed, searched for. */
async function afterSearch(stage: Stage): Promise<void> {
  stage.script['guide:check'] = () => ok(guidance('ready', faceAt(0.5)));
  await pass(5_000);
}

const subjectsOf = (stage: Stage) =>
  (stage.asked.findLast(({ method }) => method === 'guide:check')?.payload as { subjects: FramePoint[] }).subjects;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the beginning', () => {
  it('is dark until core has answered, and the attract screen from then on', async () => {
    const stage = setStage();
    await pass(1_000);
    expect(stage.at()).toBe('dark');
    stage.script['kiosk:open'] = () => fail('engine.starting');
    stage.line('open');
    await pass(1_000);
    expect(stage.at()).toBe('dark');
    stage.script['kiosk:open'] = setStage().script['kiosk:open'];
    await pass(400);
    expect(stage.at()).toBe('attract');
  });

  it('asks core of nothing but the event before the guest has agreed, and opens no camera', async () => {
    const stage = setStage();
    stage.line('open');
    await pass(10);
    stage.journey.attract.onStart();
    await pass(5_000);
    expect(stage.at()).toBe('consent');
    expect(stage.methods()).toEqual(['kiosk:open']);
    expect(stage.camera.state().at).toBe('closed');
  });

  it('leads a guest who refuses to the photos by hour, or back where that is not allowed', async () => {
    const stage = setStage();
    stage.line('open');
    await pass(10);
    stage.journey.attract.onStart();
    stage.journey.consent.onRefuse();
    await pass(10);
    expect(stage.journey.store.getState().scene).toMatchObject({ at: 'browse', hour: '2026-06-20T18' });
    expect(stage.methods()).not.toContain('visit:begin');

    const strict = setStage({ mayBrowse: false });
    strict.line('open');
    await pass(10);
    strict.journey.attract.onStart();
    strict.journey.consent.onRefuse();
    expect(strict.at()).toBe('attract');
  });

  it('waits before the camera for an engine that is starting', async () => {
    const stage = setStage();
    stage.script['visit:begin'] = () => fail('engine.starting');
    stage.line('open');
    await pass(10);
    stage.journey.attract.onStart();
    stage.journey.consent.onAccept();
    await pass(2_000);
    expect(stage.phase()).toBe('opening');
    expect(stage.camera.state().at).toBe('closed');
    stage.script['visit:begin'] = () => ok({ visitId, photos: 40 });
    await pass(400);
    expect(stage.phase()).toBe('guiding');
  });

  it('takes a touch that comes twice for one', async () => {
    const stage = setStage();
    stage.line('open');
    await pass(10);
    stage.journey.attract.onStart();
    stage.journey.consent.onAccept();
    stage.journey.consent.onAccept();
    await afterSearch(stage);
    stage.journey.results.onFinish();
    stage.journey.finish.onKeep();
    stage.journey.finish.onKeep();
    await pass(10);
    for (const method of ['visit:begin', 'selfie:search', 'visit:keep']) {
      expect(stage.asked.filter((one) => one.method === method)).toHaveLength(1);
    }
  });

  it('gives up after twenty seconds', async () => {
    const stage = setStage();
    stage.script['visit:begin'] = () => fail('engine.starting');
    stage.line('open');
    await pass(10);
    stage.journey.attract.onStart();
    stage.journey.consent.onAccept();
    await pass(21_000);
    expect(stage.journey.store.getState().scene).toMatchObject({ at: 'nothing', reason: 'failed', canKeep: false });
  });

  it('ends a visit that began after the guest had gone', async () => {
    const stage = setStage();
    stage.script['visit:begin'] = async () => {
      await pass(0);
      return new Promise((resolve) => setTimeout(() => resolve(ok({ visitId, photos: 40 })), 500));
    };
    stage.line('open');
    await pass(10);
    stage.journey.attract.onStart();
    stage.journey.consent.onAccept();
    stage.journey.camera.onCancel();
    await pass(1_000);
    expect(stage.at()).toBe('attract');
    expect(stage.asked.at(-1)).toEqual({ method: 'visit:end', payload: { visitId } });
    expect(stage.camera.state().at).toBe('closed');
  });
});

describe('the guide', () => {
  it('checks at least five and at most nine times a second, one check at a time', async () => {
    const stage = await beforeCamera();
    let underWay = 0;
    stage.script['guide:check'] = async () => {
      underWay += 1;
      expect(underWay).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 80));
      underWay -= 1;
      return ok(guidance('no-face'));
    };
    await pass(500);
    stage.asked.length = 0;
    await pass(4_000);
    const perSecond = stage.asked.filter(({ method }) => method === 'guide:check').length / 4;
    expect(perSecond).toBeGreaterThanOrEqual(5);
    expect(perSecond).toBeLessThanOrEqual(9);
  });

  it('says something else only when it was seen twice in a row', async () => {
    const stage = await beforeCamera();
    const shown = () => {
      const { scene } = stage.journey.store.getState();
      return scene.at === 'camera' && scene.phase.at === 'guiding' ? scene.phase.advice : undefined;
    };
    let checks = 0;
    stage.script['guide:check'] = () => {
      checks += 1;
      return ok(guidance(checks % 2 === 0 ? 'too-far' : 'moving', faceAt(0.5)));
    };
    await pass(2_000);
    expect(shown()).toBe('no-face');
    stage.script['guide:check'] = () => ok(guidance('too-far', faceAt(0.5)));
    await pass(300);
    expect(shown()).toBe('too-far');
  });

  it('lights the face from when it was too dark until the guest leaves the camera', async () => {
    const stage = await beforeCamera();
    const isLit = () => {
      const { scene } = stage.journey.store.getState();
      return scene.at === 'camera' && scene.isLit;
    };
    expect(isLit()).toBe(false);
    stage.script['guide:check'] = () => ok(guidance('too-dark', faceAt(0.5)));
    await pass(300);
    expect(isLit()).toBe(true);
    stage.script['guide:check'] = () => ok(guidance('turned-away', faceAt(0.5)));
    await pass(1_000);
    expect(isLit()).toBe(true);
  });

  it('counts down by itself once the pose has been right for half a second', async () => {
    const stage = await beforeCamera();
    stage.script['guide:check'] = () => ok(guidance('ready', faceAt(0.5)));
    await pass(400);
    expect(stage.phase()).toBe('guiding');
    await pass(500);
    expect(stage.journey.store.getState().scene).toMatchObject({ phase: { at: 'counting', secondsLeft: 3 } });
    await pass(1_000);
    expect(stage.journey.store.getState().scene).toMatchObject({ phase: { at: 'counting', secondsLeft: 2 } });
    await pass(2_000);
    expect(stage.phase()).toBe('shooting');
  });

  it('goes back to guiding when the guest walks off during the count-down', async () => {
    const stage = await beforeCamera();
    stage.script['guide:check'] = () => ok(guidance('ready', faceAt(0.5)));
    await pass(800);
    expect(stage.phase()).toBe('counting');
    stage.script['guide:check'] = () => ok(guidance('no-face'));
    await pass(500);
    expect(stage.phase()).toBe('counting');
    await pass(500);
    expect(stage.phase()).toBe('guiding');
    await pass(5_000);
    expect(stage.phase()).toBe('guiding');
  });

  it('lets a guest whose pose is never right take the picture after eight seconds', async () => {
    const stage = await beforeCamera();
    stage.script['guide:check'] = () => ok(guidance('turned-away', faceAt(0.5)));
    await pass(7_000);
    stage.journey.camera.onShoot();
    expect(stage.phase()).toBe('guiding');
    await pass(1_500);
    expect(stage.journey.store.getState().scene).toMatchObject({ phase: { at: 'guiding', isPatient: true } });
    stage.journey.camera.onShoot();
    expect(stage.phase()).toBe('counting');
  });

  it('says which way the camera fails, and goes on when it is back', async () => {
    const stage = await beforeCamera();
    stage.camera.turn({ at: 'unavailable', fault: 'camera.lost' });
    expect(stage.journey.store.getState().scene).toMatchObject({ phase: { at: 'unavailable', fault: 'camera.lost' } });
    await pass(1_000);
    stage.asked.length = 0;
    await pass(1_000);
    expect(stage.asked).toEqual([]);
    stage.camera.turn({ at: 'live', aspect: 1 });
    await pass(300);
    expect(stage.journey.store.getState().scene).toMatchObject({ aspect: 1, phase: { at: 'guiding' } });
  });
});

describe('several faces', () => {
  async function twoGuests(): Promise<Stage> {
    const stage = await beforeCamera();
    stage.script['guide:check'] = () => ok(guidance('several-faces', faceAt(0.3), faceAt(0.7)));
    await pass(400);
    return stage;
  }

  it('are asked who wants to be searched for, and nobody is photographed before', async () => {
    const stage = await twoGuests();
    expect(stage.phase()).toBe('choosing');
    expect(subjectsOf(stage)).toEqual([]);
    stage.journey.camera.onShoot();
    await pass(5_000);
    expect(stage.phase()).toBe('choosing');
  });

  it('who are touched are searched for, wherever they move; touched again they are not', async () => {
    const stage = await twoGuests();
    stage.journey.camera.onTouchFace(1);
    await pass(200);
    expect(subjectsOf(stage)).toEqual([{ x: expect.closeTo(0.7) as number, y: 0.5 }]);
    // Both sway to the right, and core names them in another order.
    stage.script['guide:check'] = () => ok(guidance('several-faces', faceAt(0.78), faceAt(0.38)));
    await pass(300);
    expect(subjectsOf(stage).map(({ x }) => x)).toEqual([expect.closeTo(0.78)]);
    expect(stage.journey.store.getState().scene).toMatchObject({
      phase: { faces: [{ isSubject: true }, { isSubject: false }] },
    });
    stage.journey.camera.onTouchFace(1);
    stage.journey.camera.onTouchFace(0);
    await pass(200);
    expect(subjectsOf(stage).map(({ x }) => x)).toEqual([expect.closeTo(0.38)]);
  });

  it('are photographed together, and the frames name those who agreed', async () => {
    const stage = await twoGuests();
    stage.journey.camera.onTouchFace(0);
    stage.journey.camera.onTouchFace(1);
    stage.journey.camera.onShoot();
    expect(stage.phase()).toBe('counting');
    await pass(4_500);
    const frames = stage.asked.filter(({ method }) => method === 'selfie:frame');
    expect(frames).toHaveLength(6);
    for (const { payload } of frames) {
      expect(payload).toMatchObject({ shot: 1, subjects: [{ y: 0.5 }, { y: 0.5 }] });
    }
    expect(stage.at()).toBe('results');
  });

  it('of whom one remains are guided like anyone', async () => {
    const stage = await twoGuests();
    stage.journey.camera.onTouchFace(0);
    stage.script['guide:check'] = () => ok(guidance('too-far', faceAt(0.3)));
    await pass(400);
    expect(stage.phase()).toBe('guiding');
    await pass(200);
    expect(subjectsOf(stage)).toEqual([]);
  });

  it('interrupt the count-down of one who stood there alone', async () => {
    const stage = await beforeCamera();
    stage.script['guide:check'] = () => ok(guidance('ready', faceAt(0.5)));
    await pass(800);
    expect(stage.phase()).toBe('counting');
    stage.script['guide:check'] = () => ok(guidance('several-faces', faceAt(0.3), faceAt(0.7)));
    await pass(400);
    expect(stage.phase()).toBe('choosing');
  });
});

describe('the search', () => {
  it('is asked for once all frames were sent, whether or not they were answered', async () => {
    const stage = await beforeCamera();
    const frame = stage.camera.frame.bind(stage.camera);
    stage.camera.frame = async (kind) => {
      await new Promise((resolve) => setTimeout(resolve, 70));
      return frame(kind);
    };
    stage.script['selfie:frame'] = () => new Promise(() => undefined);
    await afterSearch(stage);
    const methods = stage.asked.map(({ method }) => method);
    expect(methods.filter((method) => method === 'selfie:frame')).toHaveLength(6);
    expect(methods.indexOf('selfie:search')).toBeGreaterThan(methods.lastIndexOf('selfie:frame'));
    expect(stage.at()).toBe('results');
  });

  it('that is over at once goes from the camera straight to the photos', async () => {
    const stage = await beforeCamera();
    const seen = new Set<string>();
    stage.journey.store.subscribe(({ scene }) => seen.add(scene.at));
    await afterSearch(stage);
    expect([...seen]).toEqual(['camera', 'results']);
  });

  it('lets go of the camera, and of the still when it is over', async () => {
    const revoked = vi.spyOn(URL, 'revokeObjectURL');
    const stage = await beforeCamera();
    stage.script['selfie:search'] = () => new Promise(() => undefined);
    await afterSearch(stage);
    const { scene } = stage.journey.store.getState();
    expect(scene).toMatchObject({ at: 'searching', stillUrl: expect.stringMatching(/^blob:/) as string });
    expect(stage.camera.state().at).toBe('closed');
    expect(revoked).not.toHaveBeenCalled();
    stage.line('lost');
    expect(revoked).toHaveBeenCalledExactlyOnceWith(scene.at === 'searching' && scene.stillUrl);
  });

  it.each([
    ['selfie.no-face', 'no-face'],
    ['engine.search-failed', 'failed'],
  ] as const)('that ends in %s leads to another try', async (code, reason) => {
    const stage = await beforeCamera();
    stage.script['selfie:search'] = () => fail(code);
    await afterSearch(stage);
    expect(stage.journey.store.getState().scene).toEqual({ at: 'nothing', reason, canKeep: false });
    stage.journey.nothing.onAgain();
    await pass(5_000);
    expect(stage.asked.findLast(({ method }) => method === 'selfie:search')?.payload).toMatchObject({ shot: 2 });
    expect(stage.asked.filter(({ method }) => method === 'visit:begin')).toHaveLength(1);
  });

  it('of a visit that core no longer knows leads to the beginning', async () => {
    const stage = await beforeCamera();
    stage.script['selfie:search'] = () => fail('visit.unknown');
    await afterSearch(stage);
    expect(stage.at()).toBe('attract');
  });

  it('that finds nobody offers a code', async () => {
    const stage = await beforeCamera();
    stage.script['selfie:search'] = () => ok({ sure: [], maybe: [], searchedPhotos: 40 });
    await afterSearch(stage);
    expect(stage.journey.store.getState().scene).toEqual({ at: 'nothing', reason: 'no-match', canKeep: true });
    stage.journey.nothing.onKeep();
    await pass(10);
    expect(stage.journey.store.getState().scene).toMatchObject({ at: 'keptCode', code: 'ABCD2345' });
    stage.journey.keptCode.onDone();
    expect(stage.at()).toBe('goodbye');
  });
});

describe('the results', () => {
  const found = (stage: Stage) => {
    const { sure, maybe } = stage.journey.store.getState().visit?.found ?? { sure: [], maybe: [] };
    return { sure: sure.map(({ id }) => id), maybe: maybe.map(({ id }) => id) };
  };

  it('follow the guest’s word', async () => {
    const stage = await beforeCamera();
    await afterSearch(stage);
    expect(found(stage)).toEqual({ sure: [1, 2], maybe: [3] });
    stage.journey.results.onAnswer(3, true);
    expect(found(stage)).toEqual({ sure: [1, 2, 3], maybe: [] });
    stage.journey.results.onOpen(1);
    stage.journey.results.onAnswer(1, false);
    expect(found(stage)).toEqual({ sure: [2, 3], maybe: [] });
    expect(stage.journey.store.getState().scene).toEqual({ at: 'results', openId: undefined });
    expect(stage.asked.filter(({ method }) => method === 'visit:answer').map(({ payload }) => payload)).toEqual([
      { visitId, photoId: 3, isMe: true },
      { visitId, photoId: 1, isMe: false },
    ]);
  });

  it('that were all rejected are a beginning', async () => {
    const stage = await beforeCamera();
    await afterSearch(stage);
    for (const id of [1, 2, 3]) stage.journey.results.onAnswer(id, false);
    expect(stage.journey.store.getState().scene).toEqual({ at: 'nothing', reason: 'all-rejected', canKeep: true });
  });

  it('are still there for a guest who comes back from another try or from the end', async () => {
    const stage = await beforeCamera();
    await afterSearch(stage);
    stage.journey.results.onAgain();
    await pass(10);
    stage.journey.camera.onCancel();
    expect(stage.at()).toBe('results');
    stage.journey.results.onFinish();
    stage.journey.finish.onBack();
    expect(found(stage)).toEqual({ sure: [1, 2], maybe: [3] });
  });

  it('come back with a code, and a wrong code is told', async () => {
    const stage = setStage();
    stage.line('open');
    await pass(10);
    stage.journey.attract.onCode();
    const right = stage.script['visit:resume'];
    stage.script['visit:resume'] = () => fail('code.unknown');
    stage.journey.codeEntry.onSubmit('XXXX0000');
    await pass(10);
    expect(stage.journey.store.getState().scene).toEqual({ at: 'codeEntry', fault: 'code.unknown', isBusy: false });
    stage.script['visit:resume'] = right;
    stage.journey.codeEntry.onSubmit('ABCD2345');
    await pass(10);
    expect(stage.at()).toBe('results');
    expect(stage.journey.store.getState().visit).toMatchObject({ hasCode: true, found: { newPhotos: 1 } });
    // The code may be another's: before the camera opens, whoever is there now has to agree.
    stage.journey.results.onAgain();
    expect(stage.at()).toBe('consent');
    expect(stage.camera.state().at).toBe('closed');
  });
});

describe('browsing', () => {
  it('shows the latest hour first, and asks for more only when there is more', async () => {
    const stage = setStage();
    stage.line('open');
    await pass(10);
    stage.script['browse:hours'] = () => ok(['17', '18'].map((hour) => ({ hour: `2026-06-20T${hour}`, photos: 70 })));
    stage.script['browse:photos'] = ({ offset, limit }) =>
      ok(Array.from({ length: Math.min(limit, 70 - offset) }, (_, index) => photo(offset + index + 1)));
    stage.journey.attract.onBrowse();
    await pass(10);
    expect(stage.journey.store.getState().scene).toMatchObject({ hour: '2026-06-20T18', hasMore: true });
    stage.journey.browse.onMore();
    stage.journey.browse.onMore();
    await pass(10);
    stage.journey.browse.onMore();
    await pass(10);
    const { scene } = stage.journey.store.getState();
    expect(scene.at === 'browse' && scene.photos.map(({ id }) => id)).toEqual(
      Array.from({ length: 70 }, (_, i) => i + 1),
    );
    expect(stage.asked.filter(({ method }) => method === 'browse:photos')).toHaveLength(2);
  });

  it('shows the photos of the hour that was touched last, whichever answer comes first', async () => {
    const stage = setStage();
    stage.line('open');
    await pass(10);
    stage.journey.attract.onBrowse();
    await pass(10);
    stage.script['browse:photos'] = ({ hour }) =>
      new Promise((resolve) =>
        setTimeout(() => resolve(ok([photo(hour.endsWith('16') ? 16 : 17)])), hour.endsWith('16') ? 500 : 50),
      );
    stage.journey.browse.onHour('2026-06-20T16');
    stage.journey.browse.onHour('2026-06-20T17');
    await pass(1_000);
    expect(stage.journey.store.getState().scene).toMatchObject({ hour: '2026-06-20T17', photos: [{ id: 17 }] });
  });

  it('leads to consent for a guest who wants to show their face after all', async () => {
    const stage = setStage();
    stage.line('open');
    await pass(10);
    stage.journey.attract.onBrowse();
    stage.journey.browse.onStart();
    expect(stage.at()).toBe('consent');
  });
});
