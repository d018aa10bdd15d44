import type { FaultCode, OrderProgress, PrintPage } from '../../../preload/index.ts';
import type { House } from './house.ts';
import { printPatienceMs } from './printPatience.ts';
import type { KioskState, SheetScene } from './state.ts';

/** What can be wrong with the code that was typed. */
const ofVouchers: ReadonlySet<FaultCode> = new Set([
  'print.voucher-missing',
  'print.voucher-unknown',
  'print.voucher-used-up',
  'code.too-many-tries',
]);

export interface PrintOrders {
  /** Orders the sheet on show, or asks for the voucher first. */
  onPrint: () => void;
  onVoucher: (code: string) => void;
}

/** Orders sheets, each touch once, and follows those of this guest. @param deps.redraw draws the sheet on show anew */
export function createPrintOrders(house: House, { redraw }: { redraw: () => void }): PrintOrders {
  const { store, booth } = house;

  // Core tells every window of every order. With the visit, the guest's own are forgotten, and nothing is heard of them any more.
  booth.onEvent('print:progress', (progress) => {
    const { prints } = store.getState().visit ?? { prints: [] };
    house.note({ prints: prints.map((order) => (order.orderId === progress.orderId ? progress : order)) });
  });

  async function order(at: 'printSheet' | 'printVoucher', sheet: SheetScene, voucher?: string): Promise<void> {
    const { visit } = store.getState();
    const page = pageOf(sheet);
    if (visit === undefined || page === undefined) return;
    const isStaying = house.staying(at);
    house.change(at, { isBusy: true, fault: undefined });
    const { copies } = sheet;
    const reply = await house.askOfVisit('print:order', { visitId: visit.id, pageId: page.id, copies, voucher });
    if (reply === undefined) return;
    if (reply.ok) ordered(sheet, page, reply.value, isStaying());
    else if (isStaying()) await refused(at, sheet, reply.fault.code);
  }

  function ordered(sheet: SheetScene, page: PrintPage, progress: OrderProgress, isWaiting: boolean): void {
    const { visit, kiosk } = store.getState();
    if (visit === undefined || kiosk === undefined) return;
    // The sheet itself leads to the guest's photos: they have something that keeps them.
    const hasCode = visit.hasCode || templateOf(kiosk, sheet)?.hasLink === true;
    house.note({ prints: [...visit.prints, progress], hasCode });
    if (!isWaiting) return;
    const { orderId } = progress;
    house.go({ at: 'printing', orderId, page, secondsLeft: Math.ceil(printPatienceMs(kiosk, progress) / 1000) });
  }

  async function refused(at: 'printSheet' | 'printVoucher', sheet: SheetScene, code: FaultCode): Promise<void> {
    if (code === 'print.guest-limit' || code === 'print.event-limit') await limited(at, sheet, code);
    else if (ofVouchers.has(code)) house.go({ at: 'printVoucher', sheet, isBusy: false, fault: code });
    else if (code === 'print.page-unknown') {
      house.go({ ...sheet, pages: new Map(), fault: code });
      redraw();
    } else house.go({ ...sheet, fault: code });
  }

  /** Fewer may still be had. */
  async function limited(
    at: 'printSheet' | 'printVoucher',
    sheet: SheetScene,
    code: 'print.guest-limit' | 'print.event-limit',
  ): Promise<void> {
    const { visit } = store.getState();
    if (visit === undefined) return;
    const isStaying = house.staying(at);
    const reply = await house.askOfVisit('print:allowance', { visitId: visit.id });
    if (reply === undefined || !isStaying()) return;
    const left = reply.ok ? reply.value.left : sheet.left;
    if (left === 0 || sheet.copies === 1) {
      const reason = code === 'print.guest-limit' ? 'guest' : 'event';
      house.go({ at: 'printOver', reason, from: { at: 'results', openId: undefined } });
      return;
    }
    house.go({ ...sheet, left, copies: Math.min(sheet.copies, left ?? sheet.copies), fault: code });
  }

  return {
    onPrint: () => {
      const { kiosk, scene } = store.getState();
      if (scene.at !== 'printSheet' || scene.isBusy || pageOf(scene) === undefined) return;
      if (kiosk?.print?.access === 'voucher') {
        house.go({ at: 'printVoucher', sheet: { ...scene, fault: undefined }, isBusy: false, fault: undefined });
      } else void order('printSheet', scene);
    },
    onVoucher: (code) => {
      const { scene } = store.getState();
      if (scene.at === 'printVoucher' && !scene.isBusy) void order('printVoucher', scene.sheet, code);
    },
  };
}

/** The sheet as it would be printed; undefined while it is not drawn. */
function pageOf({ pages, templateId }: SheetScene): PrintPage | undefined {
  const page = pages.get(templateId);
  return page === 'failed' ? undefined : page;
}

const templateOf = (kiosk: NonNullable<KioskState['kiosk']>, { templateId }: SheetScene) =>
  kiosk.print?.templates.find(({ id }) => id === templateId);
