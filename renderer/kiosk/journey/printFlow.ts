import { mostCopies, type Kiosk, type Photo } from '../../../preload/index.ts';
import type {
  PrintChooseProps,
  PrintingProps,
  PrintOverProps,
  PrintSheetProps,
  PrintVoucherProps,
} from '../screens/props.ts';
import { doesAnyFit, firstFor, fitting, mostPhotos, withinReach } from '../templates/index.ts';
import type { House } from './house.ts';
import { createPageDrawer } from './pageDrawer.ts';
import { createPrintOrders } from './printOrders.ts';
import type { KioskState, Scene, SheetScene } from './state.ts';
import type { Verbs } from './verbs.ts';

/** From a photo on the screen to paper in the hand. */
export interface PrintFlow {
  /** From the results. @param photoId the photo that is shown large; undefined: the guest chooses, if there is a choice */
  enter: (photoId?: number) => void;
  printChoose: Verbs<PrintChooseProps>;
  printSheet: Verbs<PrintSheetProps>;
  printVoucher: Verbs<PrintVoucherProps>;
  printing: Verbs<PrintingProps>;
  printOver: Verbs<PrintOverProps>;
}

type Print = NonNullable<Kiosk['print']>;

/** @param leave says goodbye; what is ordered comes out all the same */
export function createPrintFlow(house: House, { leave }: { leave: () => void }): PrintFlow {
  const { store } = house;
  const draw = createPageDrawer(house);
  const orders = createPrintOrders(house, { redraw: () => void draw() });
  /** The guest of whom it is being asked how many sheets they may have: a touch that comes twice asks once. */
  let askedInRun: number | undefined;

  // The crew may switch printing off, or change what is offered, at any time. What is ordered already stays.
  store.subscribe((now, before) => {
    if (now.kiosk !== before.kiosk && !isStillOffered(now)) house.go({ at: 'results', openId: undefined });
  });

  async function enter(photoId?: number): Promise<void> {
    const { kiosk, visit, scene, run } = store.getState();
    const print = kiosk?.print;
    if (print === undefined || visit?.found === undefined || askedInRun === run) return;
    if (scene.at !== 'results' && scene.at !== 'printing') return;
    const { sure } = visit.found;
    const photos = photoId === undefined ? sure : sure.filter(({ id }) => id === photoId);
    const hasChoice = photos.length > 1;
    if (
      photoId === undefined
        ? !doesAnyFit(print.templates, photos.length)
        : firstFor(print.templates, photos.length) === undefined
    )
      return;

    const isStaying = house.staying(scene.at);
    askedInRun = run;
    house.change('results', { fault: undefined });
    const reply = await house.askOfVisit('print:allowance', { visitId: visit.id });
    if (askedInRun === run) askedInRun = undefined;
    if (reply === undefined || !isStaying()) return;
    // Where a photo was large it is large again.
    const from: Scene =
      scene.at === 'results' ? { at: 'results', openId: scene.openId } : { at: 'results', openId: undefined };
    if (!reply.ok) {
      house.go({ at: 'results', openId: undefined, fault: reply.fault.code });
      return;
    }
    const { left, limit = 'guest' } = reply.value;
    if (left === 0) house.go({ at: 'printOver', reason: limit, from });
    else if (hasChoice) house.go({ at: 'printChoose', chosen: [], left });
    else show(print, photos, left, from);
  }

  function show(print: Print, photos: readonly Photo[], left: number | undefined, from: Scene): void {
    const template = firstFor(print.templates, photos.length);
    if (template === undefined) return;
    const sheet: SheetScene = {
      ...{ at: 'printSheet', from, photos, templateId: template.id, pages: new Map(), left, copies: 1 },
      ...{ isBusy: false, fault: undefined },
    };
    house.go(sheet);
    void draw();
  }

  function choose(photoId: number): void {
    const { kiosk, visit, scene } = store.getState();
    if (kiosk?.print === undefined || visit?.found === undefined || scene.at !== 'printChoose') return;
    const most = mostPhotos(withinReach(kiosk.print.templates, visit.found.sure.length));
    // Where every sheet shows one photo, touching it is all there is to choose.
    if (most === 1) {
      house.change('printChoose', { chosen: [photoId] });
      goOn();
      return;
    }
    const others = scene.chosen.filter((id) => id !== photoId);
    const isTakenBack = others.length < scene.chosen.length;
    if (isTakenBack) house.change('printChoose', { chosen: others });
    else if (others.length < most) house.change('printChoose', { chosen: [...others, photoId] });
  }

  function goOn(): void {
    const { kiosk, visit, scene } = store.getState();
    if (kiosk?.print === undefined || visit?.found === undefined || scene.at !== 'printChoose') return;
    const { sure } = visit.found;
    const photos = scene.chosen.flatMap((chosen) => sure.filter(({ id }) => id === chosen));
    show(kiosk.print, photos, scene.left, scene);
  }

  function turnTo(templateId: string): void {
    const { kiosk, scene } = store.getState();
    if (scene.at !== 'printSheet' || scene.isBusy) return;
    if (!fitting(kiosk?.print?.templates ?? [], scene.photos.length).some(({ id }) => id === templateId)) return;
    const pages = new Map([...scene.pages].filter(([, page]) => page !== 'failed'));
    house.change('printSheet', { templateId, pages, fault: undefined });
    void draw();
  }

  const backToResults = () => house.go({ at: 'results', openId: undefined });

  return {
    enter: (photoId) => void enter(photoId),
    printChoose: { onTouch: choose, onContinue: goOn, onBack: backToResults },
    printSheet: {
      onTemplate: turnTo,
      onCopies: (copies) => {
        const { scene } = store.getState();
        if (scene.at !== 'printSheet' || scene.isBusy) return;
        house.change('printSheet', { copies: Math.max(1, Math.min(copies, scene.left ?? mostCopies, mostCopies)) });
      },
      onRetry: () => {
        const { scene } = store.getState();
        if (scene.at === 'printSheet') turnTo(scene.templateId);
      },
      onPrint: orders.onPrint,
      onBack: () => {
        const { scene } = store.getState();
        if (scene.at === 'printSheet' && !scene.isBusy) house.go(scene.from);
      },
    },
    printVoucher: {
      onSubmit: orders.onVoucher,
      onLeave: () => {
        const { scene } = store.getState();
        if (scene.at === 'printVoucher' && !scene.isBusy) house.go(scene.sheet);
      },
    },
    printing: { onAgain: () => void enter(), onBack: backToResults, onDone: leave },
    printOver: {
      onBack: () => {
        const { scene } = store.getState();
        if (scene.at === 'printOver') house.go(scene.from);
      },
    },
  };
}

/** Whether what the guest is choosing can still be had. */
function isStillOffered({ kiosk, scene }: KioskState): boolean {
  const templates = kiosk?.print?.templates ?? [];
  if (scene.at === 'printChoose' || scene.at === 'printOver') return templates.length > 0;
  const sheet = scene.at === 'printVoucher' ? scene.sheet : scene;
  if (sheet.at !== 'printSheet') return true;
  return fitting(templates, sheet.photos.length).some(({ id }) => id === sheet.templateId);
}
