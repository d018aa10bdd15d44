import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok, type Kiosk, type OrderProgress } from '../../preload/index.ts';
import {
  faceAt,
  guidance,
  kiosk,
  orderId,
  orderOf,
  pageOf,
  photo,
  print,
  setStage,
  visitId,
  type Stage,
} from './kioskEdges.ts';

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** A guest who looks at what was found: so many photos. */
async function atResults(settings: Partial<Kiosk> = { print }, photos = 4): Promise<Stage> {
  const stage = setStage(settings);
  stage.line('open');
  await pass(10);
  stage.script['selfie:search'] = () =>
    ok({ sure: Array.from({ length: photos }, (_, i) => photo(i + 1)), maybe: [photo(90)], searchedPhotos: 40 });
  await findPhotos(stage);
  return stage;
}

async function findPhotos(stage: Stage): Promise<void> {
  stage.script['guide:check'] = () => ok(guidance('ready', faceAt(0.5)));
  stage.journey.attract.onStart();
  stage.journey.consent.onAccept();
  await pass(5_000);
  expect(stage.at()).toBe('results');
}

/** With the sheet of one photo before them. */
async function atSheet(settings?: Partial<Kiosk>): Promise<Stage> {
  const stage = await atResults(settings, 1);
  stage.journey.results.onPrint();
  await pass(10);
  expect(stage.at()).toBe('printSheet');
  return stage;
}

async function atPrinting(settings?: Partial<Kiosk>, order: Partial<OrderProgress> = {}): Promise<Stage> {
  const stage = await atSheet(settings);
  stage.script['print:order'] = () => ok(orderOf(order));
  stage.journey.printSheet.onPrint();
  await pass(10);
  expect(stage.at()).toBe('printing');
  return stage;
}

const asked = (stage: Stage, wanted: string) =>
  stage.asked.filter(({ method }) => method === wanted).map(({ payload }) => payload);
const pagesAsked = (stage: Stage) =>
  asked(stage, 'print:page').map((payload) => (payload as { templateId: string }).templateId);
const sceneOf = (stage: Stage) => stage.journey.store.getState().scene;
const idleSecondsOf = (stage: Stage) => stage.journey.store.getState().idleSecondsLeft;
const printsOf = (stage: Stage) => stage.journey.store.getState().visit?.prints;
const drawn = (stage: Stage) => {
  const scene = sceneOf(stage);
  return scene.at === 'printSheet' ? Object.fromEntries(scene.pages) : undefined;
};

/** Answers of core that the test gives when it likes, by their template. */
function holdPages(stage: Stage): Map<string, () => void> {
  const held = new Map<string, () => void>();
  stage.script['print:page'] = ({ templateId }) =>
    new Promise((resolve) => held.set(templateId, () => resolve(ok(pageOf(templateId)))));
  return held;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('printing that is switched off', () => {
  it('asks core of nothing', async () => {
    const stage = await atResults({});
    stage.journey.results.onPrint();
    stage.journey.results.onPrintPhoto(1);
    await pass(10);
    expect(stage.at()).toBe('results');
    expect(stage.methods().filter((method) => method.startsWith('print:'))).toEqual([]);
  });

  it('while a guest chooses leads back to the photos; what is ordered stays', async () => {
    const stage = await atSheet();
    const { engine, ...others } = kiosk;
    stage.tell('kiosk:changed', { ...others, engine });
    expect(sceneOf(stage)).toEqual({ at: 'results', openId: undefined });

    const ordered = await atPrinting();
    ordered.tell('kiosk:changed', { ...others, engine });
    expect(ordered.at()).toBe('printing');
  });

  it('for the template on show leads back as well; for another it does not', async () => {
    const stage = await atSheet();
    const without = (id: string) => ({ ...print, templates: print.templates.filter((one) => one.id !== id) });
    stage.tell('kiosk:changed', { ...kiosk, print: without('square') });
    expect(stage.at()).toBe('printSheet');
    stage.tell('kiosk:changed', { ...kiosk, print: without('full') });
    expect(stage.at()).toBe('results');
  });
});

describe('the way to a sheet', () => {
  it('is one touch where there is one photo, however often it is touched', async () => {
    const stage = await atResults({ print }, 1);
    stage.journey.results.onPrint();
    stage.journey.results.onPrint();
    await pass(10);
    expect(asked(stage, 'print:allowance')).toEqual([{ visitId }]);
    // Not the first that is offered: with a link, a gallery would be made that nobody has asked for.
    expect(asked(stage, 'print:page')).toEqual([{ visitId, templateId: 'full', photoIds: [1] }]);
    expect(sceneOf(stage)).toMatchObject({ at: 'printSheet', templateId: 'full', copies: 1, fault: undefined });
    expect(drawn(stage)).toEqual({ full: pageOf('full') });
  });

  it('is one touch from the photo that is large, and leads back to it', async () => {
    const stage = await atResults();
    stage.journey.results.onOpen(3);
    stage.journey.results.onPrintPhoto(3);
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ at: 'printSheet', photos: [{ id: 3 }] });
    stage.journey.printSheet.onBack();
    expect(sceneOf(stage)).toEqual({ at: 'results', openId: 3 });
  });

  it('is none for a photo of which the guest has not said that it is of them', async () => {
    const stage = await atResults();
    stage.journey.results.onPrintPhoto(90);
    await pass(10);
    expect(stage.at()).toBe('results');
  });

  it('leads through the choice where there are several, in the order in which they are touched', async () => {
    const stage = await atResults();
    stage.journey.results.onPrint();
    await pass(10);
    for (const id of [4, 2, 1, 2, 3]) stage.journey.printChoose.onTouch(id);
    // The sheet is full: a fourth is not taken.
    stage.journey.printChoose.onTouch(2);
    expect(sceneOf(stage)).toMatchObject({ at: 'printChoose', chosen: [4, 1, 3] });
    stage.journey.printChoose.onContinue();
    await pass(10);
    expect(asked(stage, 'print:page')).toEqual([{ visitId, templateId: 'strip', photoIds: [4, 1, 3] }]);
    stage.journey.printSheet.onBack();
    expect(sceneOf(stage)).toMatchObject({ at: 'printChoose', chosen: [4, 1, 3] });
  });

  it('goes no further with a number that nothing shows', async () => {
    const stage = await atResults();
    stage.journey.results.onPrint();
    await pass(10);
    stage.journey.printChoose.onContinue();
    stage.journey.printChoose.onTouch(1);
    stage.journey.printChoose.onTouch(2);
    stage.journey.printChoose.onContinue();
    expect(stage.at()).toBe('printChoose');
  });

  it('is a touch on the photo where every sheet shows one', async () => {
    const stage = await atResults({ print: { ...print, templates: print.templates.slice(0, 3) } });
    stage.journey.results.onPrint();
    await pass(10);
    for (let times = 0; times < 2; times++) {
      stage.journey.printChoose.onTouch(2);
      await pass(10);
      expect(sceneOf(stage)).toMatchObject({ at: 'printSheet', photos: [{ id: 2 }] });
      stage.journey.printSheet.onBack();
      expect(stage.at()).toBe('printChoose');
    }
  });

  it('is explained where there are no more sheets', async () => {
    const stage = await atResults();
    stage.script['print:allowance'] = () => ok({ left: 0 });
    stage.journey.results.onOpen(3);
    stage.journey.results.onPrintPhoto(3);
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ at: 'printOver', reason: 'guest' });
    expect(asked(stage, 'print:page')).toEqual([]);
    stage.journey.printOver.onBack();
    expect(sceneOf(stage)).toEqual({ at: 'results', openId: 3 });
  });

  it('ends at the photos with the reason where it cannot be said', async () => {
    const stage = await atResults();
    stage.journey.results.onOpen(3);
    stage.script['print:allowance'] = () => fail('print.off');
    stage.journey.results.onPrintPhoto(3);
    await pass(10);
    expect(sceneOf(stage)).toEqual({ at: 'results', openId: undefined, fault: 'print.off' });
  });

  it('is not taken by a guest who has walked on meanwhile, nor by the next one', async () => {
    const stage = await atResults({ print }, 1);
    let answer: (() => void) | undefined;
    stage.script['print:allowance'] = () => new Promise((resolve) => (answer = () => resolve(ok({}))));
    stage.journey.results.onPrint();
    await pass(10);
    stage.journey.results.onFinish();
    answer?.();
    await pass(10);
    expect(stage.at()).toBe('finish');
    stage.journey.finish.onBack();
    stage.journey.results.onPrint();
    await pass(10);
    stage.journey.results.onFinish();
    stage.journey.finish.onDone();
    stage.journey.goodbye.onDone();
    await findPhotos(stage);
    answer?.();
    await pass(10);
    expect(stage.at()).toBe('results');
    // Who can have their own.
    stage.script['print:allowance'] = () => ok({});
    stage.journey.results.onPrint();
    await pass(10);
    expect(stage.at()).toBe('printSheet');
  });
});

describe('the sheet', () => {
  it('is drawn one at a time, and of those chosen meanwhile only the last', async () => {
    const stage = await atResults({ print }, 1);
    const held = holdPages(stage);
    stage.journey.results.onPrint();
    await pass(10);
    stage.journey.printSheet.onTemplate('link');
    stage.journey.printSheet.onTemplate('square');
    await pass(1_000);
    expect(pagesAsked(stage)).toEqual(['full']);
    held.get('full')?.();
    await pass(10);
    expect(pagesAsked(stage)).toEqual(['full', 'square']);
    expect(sceneOf(stage)).toMatchObject({ templateId: 'square' });
    // Nothing is printed that is not on show.
    stage.journey.printSheet.onPrint();
    await pass(10);
    expect(asked(stage, 'print:order')).toEqual([]);
    held.get('square')?.();
    await pass(10);
    expect(drawn(stage)).toEqual({ full: pageOf('full'), square: pageOf('square') });
  });

  it('is kept for as long as the guest is there', async () => {
    const stage = await atSheet();
    stage.journey.printSheet.onTemplate('square');
    await pass(10);
    stage.journey.printSheet.onTemplate('full');
    await pass(10);
    expect(pagesAsked(stage)).toEqual(['full', 'square']);
    stage.journey.printSheet.onPrint();
    await pass(10);
    expect(asked(stage, 'print:order')).toMatchObject([{ pageId: pageOf('full').id }]);
  });

  it('of other photos is not shown when it comes too late', async () => {
    const stage = await atResults();
    const held = holdPages(stage);
    stage.journey.results.onOpen(1);
    stage.journey.results.onPrintPhoto(1);
    await pass(10);
    const first = held.get('full');
    stage.journey.printSheet.onBack();
    stage.journey.results.onOpen(2);
    stage.journey.results.onPrintPhoto(2);
    await pass(10);
    first?.();
    await pass(10);
    expect(drawn(stage)).toEqual({});
    expect(asked(stage, 'print:page')).toMatchObject([{ photoIds: [1] }, { photoIds: [2] }]);
    held.get('full')?.();
    await pass(10);
    expect(drawn(stage)).toEqual({ full: pageOf('full') });
  });

  it('that cannot be drawn says why, and is tried again', async () => {
    const stage = await atResults({ print }, 1);
    const { 'print:page': page } = stage.script;
    stage.script['print:page'] = () => fail('photo.missing-original');
    stage.journey.results.onPrint();
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ fault: 'photo.missing-original' });
    expect(drawn(stage)).toEqual({ full: 'failed' });
    await pass(1_000);
    expect(pagesAsked(stage)).toHaveLength(1);
    stage.script['print:page'] = page;
    stage.journey.printSheet.onRetry();
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ fault: undefined });
    expect(drawn(stage)).toEqual({ full: pageOf('full') });
  });

  it('that cannot be drawn is not what is wrong with the one that was chosen since', async () => {
    const stage = await atResults({ print }, 1);
    const { 'print:page': page } = stage.script;
    let refuse: (() => void) | undefined;
    stage.script['print:page'] = (payload) =>
      payload.templateId === 'full'
        ? new Promise((resolve) => (refuse = () => resolve(fail('photo.damaged'))))
        : page(payload);
    stage.journey.results.onPrint();
    await pass(10);
    stage.journey.printSheet.onTemplate('square');
    refuse?.();
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ templateId: 'square', fault: undefined });
    expect(drawn(stage)).toEqual({ full: 'failed', square: pageOf('square') });
  });

  it('comes in as many copies as the guest may have, and never in more than can be ordered', async () => {
    const stage = await atSheet();
    const copies = () => sceneOf(stage).at === 'printSheet' && (sceneOf(stage) as { copies: number }).copies;
    stage.journey.printSheet.onCopies(0);
    expect(copies()).toBe(1);
    stage.journey.printSheet.onCopies(11);
    expect(copies()).toBe(10);

    stage.journey.printSheet.onBack();
    stage.script['print:allowance'] = () => ok({ left: 3 });
    stage.journey.results.onPrint();
    await pass(10);
    stage.journey.printSheet.onCopies(4);
    expect(copies()).toBe(3);
  });
});

describe('an order', () => {
  it('is placed once, however often it is touched, and cannot be left before it is', async () => {
    const stage = await atSheet();
    let answer: (() => void) | undefined;
    stage.script['print:order'] = () =>
      new Promise((resolve) => (answer = () => resolve(ok(orderOf({ sheets: 2, state: 'printing' })))));
    stage.journey.printSheet.onCopies(2);
    stage.journey.printSheet.onPrint();
    stage.journey.printSheet.onPrint();
    await pass(10);
    stage.journey.printSheet.onBack();
    stage.journey.printSheet.onTemplate('square');
    stage.journey.printSheet.onCopies(5);
    expect(sceneOf(stage)).toMatchObject({ at: 'printSheet', isBusy: true, templateId: 'full', copies: 2 });
    answer?.();
    await pass(10);
    expect(asked(stage, 'print:order')).toEqual([
      { visitId, pageId: pageOf('full').id, copies: 2, voucher: undefined },
    ]);
    expect(sceneOf(stage)).toEqual({ at: 'printing', orderId, page: pageOf('full'), secondsLeft: 180 });
  });

  it('with a link on it is something that keeps the photos', async () => {
    const stage = await atSheet();
    stage.journey.printSheet.onTemplate('link');
    await pass(10);
    expect(stage.journey.store.getState().visit?.hasCode).toBe(false);
    stage.journey.printSheet.onPrint();
    await pass(10);
    expect(stage.journey.store.getState().visit?.hasCode).toBe(true);
  });

  it('that is refused leaves the guest at the sheet with the reason', async () => {
    const stage = await atSheet();
    stage.script['print:order'] = () => fail('print.no-printer');
    stage.journey.printSheet.onPrint();
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ at: 'printSheet', isBusy: false, fault: 'print.no-printer' });
    expect(drawn(stage)).toEqual({ full: pageOf('full') });
  });

  it('of a sheet that core no longer has has it drawn anew', async () => {
    const stage = await atSheet();
    stage.script['print:order'] = () => fail('print.page-unknown');
    stage.journey.printSheet.onPrint();
    await pass(10);
    expect(pagesAsked(stage)).toEqual(['full', 'full']);
    expect(sceneOf(stage)).toMatchObject({ at: 'printSheet', isBusy: false, fault: 'print.page-unknown' });
    expect(drawn(stage)).toEqual({ full: pageOf('full') });
  });

  it('over the limit is cut to what is left, and explained where that is nothing', async () => {
    const stage = await atSheet();
    stage.journey.printSheet.onCopies(5);
    stage.script['print:order'] = () => fail('print.guest-limit');
    stage.script['print:allowance'] = () => ok({ left: 2 });
    stage.journey.printSheet.onPrint();
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ at: 'printSheet', copies: 2, left: 2, fault: 'print.guest-limit' });
    stage.script['print:allowance'] = () => ok({ left: 0 });
    stage.journey.printSheet.onPrint();
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ at: 'printOver', reason: 'guest' });
  });

  it('of a last sheet that another guest has had is explained', async () => {
    const stage = await atSheet();
    stage.script['print:order'] = () => fail('print.event-limit');
    stage.journey.printSheet.onPrint();
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ at: 'printOver', reason: 'event' });
    stage.journey.printOver.onBack();
    expect(stage.at()).toBe('results');
  });
});

describe('a voucher', () => {
  const settings = { print: { ...print, access: 'voucher' as const } };

  it('is asked for before anything is ordered, and told where it is wrong', async () => {
    const stage = await atSheet(settings);
    const { 'print:order': order } = stage.script;
    stage.journey.printSheet.onPrint();
    await pass(10);
    expect(stage.at()).toBe('printVoucher');
    expect(asked(stage, 'print:order')).toEqual([]);
    stage.script['print:order'] = () => fail('print.voucher-unknown');
    stage.journey.printVoucher.onSubmit('AAAA0000');
    stage.journey.printVoucher.onSubmit('AAAA0000');
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ at: 'printVoucher', isBusy: false, fault: 'print.voucher-unknown' });
    stage.script['print:order'] = order;
    stage.journey.printVoucher.onSubmit('WXYZ6789');
    await pass(10);
    expect(stage.at()).toBe('printing');
    expect(asked(stage, 'print:order')).toMatchObject([{ voucher: 'AAAA0000' }, { voucher: 'WXYZ6789' }]);
  });

  it('can be gone back from to the sheet, but not while it is tried', async () => {
    const stage = await atSheet(settings);
    stage.journey.printSheet.onCopies(2);
    stage.journey.printSheet.onPrint();
    stage.journey.printVoucher.onLeave();
    expect(sceneOf(stage)).toMatchObject({ at: 'printSheet', copies: 2, isBusy: false });
    expect(drawn(stage)).toEqual({ full: pageOf('full') });
    stage.journey.printSheet.onPrint();
    stage.script['print:order'] = () => new Promise(() => undefined);
    stage.journey.printVoucher.onSubmit('WXYZ6789');
    stage.journey.printVoucher.onLeave();
    expect(sceneOf(stage)).toMatchObject({ at: 'printVoucher', isBusy: true });
  });

  it('is not what is wrong with anything else', async () => {
    const stage = await atSheet(settings);
    stage.journey.printSheet.onPrint();
    stage.script['print:order'] = () => fail('print.no-printer');
    stage.journey.printVoucher.onSubmit('WXYZ6789');
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ at: 'printSheet', isBusy: false, fault: 'print.no-printer' });
  });
});

describe('the progress', () => {
  it('is that of the guest’s own orders, wherever they are', async () => {
    const stage = await atPrinting();
    const others = orderOf({ orderId: visitId, state: 'printed', printed: 1 });
    stage.tell('print:progress', others);
    expect(printsOf(stage)).toEqual([orderOf()]);
    stage.journey.printing.onBack();
    expect(stage.at()).toBe('results');
    stage.tell('print:progress', orderOf({ state: 'printed', printed: 1 }));
    expect(printsOf(stage)).toEqual([orderOf({ state: 'printed', printed: 1 })]);
  });

  it('of one guest is never another’s', async () => {
    const stage = await atPrinting();
    stage.journey.printing.onDone();
    stage.tell('print:progress', orderOf({ state: 'printing' }));
    expect(stage.journey.store.getState().visit).toBeUndefined();
    stage.journey.goodbye.onDone();
    await findPhotos(stage);
    stage.tell('print:progress', orderOf({ state: 'printed', printed: 1 }));
    expect(printsOf(stage)).toEqual([]);
  });

  it('of an order that is answered for a guest who has gone is not shown', async () => {
    const stage = await atSheet();
    let answer: (() => void) | undefined;
    stage.script['print:order'] = () => new Promise((resolve) => (answer = () => resolve(ok(orderOf()))));
    stage.journey.printSheet.onPrint();
    await pass(10);
    stage.line('lost');
    stage.line('open');
    await pass(1_000);
    await findPhotos(stage);
    answer?.();
    await pass(10);
    expect(stage.at()).toBe('results');
    expect(printsOf(stage)).toEqual([]);
  });

  it('leads to another print, with what is left then', async () => {
    const stage = await atPrinting();
    stage.script['print:allowance'] = () => ok({ left: 0 });
    stage.journey.printing.onAgain();
    await pass(10);
    expect(sceneOf(stage)).toMatchObject({ at: 'printOver', reason: 'guest' });
  });
});

describe('a guest who waits for the paper', () => {
  it('is not asked whether they are there, and bidden goodbye in the end', async () => {
    const stage = await atPrinting();
    await pass(100_000);
    expect(sceneOf(stage)).toMatchObject({ at: 'printing', secondsLeft: 80 });
    expect(idleSecondsOf(stage)).toBeUndefined();
    stage.tell('print:progress', orderOf({ state: 'printing' }));
    await pass(79_000);
    expect(sceneOf(stage)).toMatchObject({ at: 'printing', secondsLeft: 1 });
    await pass(1_000);
    expect(sceneOf(stage)).toEqual({ at: 'goodbye', hasCode: false, prints: 'coming' });
    expect(asked(stage, 'visit:end')).toEqual([{ visitId }]);
  });

  it('has as long as anywhere once it is out, and all the time again after a touch', async () => {
    const stage = await atPrinting();
    await pass(150_000);
    stage.journey.idle.touched();
    expect(sceneOf(stage)).toMatchObject({ secondsLeft: 180 });
    stage.tell('print:progress', orderOf({ state: 'printed', printed: 1 }));
    expect(sceneOf(stage)).toMatchObject({ secondsLeft: 45 });
    await pass(45_000);
    // Nothing is still to come.
    expect(sceneOf(stage)).toEqual({ at: 'goodbye', hasCode: false, prints: undefined });
  });

  it('is told at the end what is still to come', async () => {
    const unpaid = await atPrinting({ print: { ...print, access: 'paid' } }, { state: 'unpaid' });
    unpaid.journey.printing.onDone();
    expect(sceneOf(unpaid)).toMatchObject({ at: 'goodbye', prints: 'unpaid' });

    const waiting = await atPrinting();
    waiting.journey.printing.onBack();
    waiting.journey.results.onFinish();
    waiting.journey.finish.onDone();
    expect(sceneOf(waiting)).toMatchObject({ at: 'goodbye', prints: 'coming' });
    await pass(300);
    expect(waiting.forgotten()).toBe(1);
  });

  it('is not taken for gone while an order is on its way, and asked as ever at the sheet', async () => {
    const stage = await atSheet();
    stage.script['print:order'] = () => new Promise(() => undefined);
    stage.journey.printSheet.onPrint();
    await pass(60_000);
    expect(idleSecondsOf(stage)).toBeUndefined();
    expect(stage.at()).toBe('printSheet');

    const other = await atSheet();
    await pass(30_000);
    expect(idleSecondsOf(other)).toBe(15);
    await pass(15_000);
    expect(other.at()).toBe('attract');
    expect(other.journey.store.getState().visit).toBeUndefined();
  });
});
