import type { OrderProgress } from '../../../preload/index.ts';
import type { PrintOrderRow, Store } from '../store/index.ts';
import { blockerOf, type Printers } from './printers.ts';
import { progressOf } from './progress.ts';
import type { Queue } from './queue.ts';

/** Tells whoever listens how orders and printers are, whenever that is another. */
export interface News {
  onProgress: (listener: (progress: OrderProgress) => void) => void;
  /** A printer or an order is in another way now. */
  onChanged: (listener: () => void) => void;
  progress(order: PrintOrderRow): OrderProgress;
  ofOrder: (orderId: string) => void;
  /** A printer is in another way: so is every order that waits for one. */
  ofPrinters: () => void;
}

/**
 * @param deps.queue is asked only once something has happened
 * @param deps.onOver an order has nothing more to come
 */
export function createNews(deps: {
  store: Store;
  printers: () => Printers;
  queue: () => Queue;
  onOver: (order: PrintOrderRow) => void;
}): News {
  const { store, printers, queue, onOver } = deps;
  const { prints, notices } = store;
  const changeListeners: (() => void)[] = [];
  const progressListeners: ((progress: OrderProgress) => void)[] = [];

  const tellChanged = () => {
    for (const listener of changeListeners) listener();
  };

  function progress(order: PrintOrderRow): OrderProgress {
    const sheets = prints.sheetsOf(order.id);
    const next = sheets.find(({ state }) => state === 'waiting');
    const own = sheets.filter(({ state }) => ['handing-over', 'held', 'released'].includes(state)).length;
    return progressOf(order, sheets, {
      ahead: next === undefined ? 0 : Math.max(0, prints.countAhead(next.id) - own),
      blockerOf: (name) => {
        const printer = printers().find(name);
        return printer && blockerOf(printer);
      },
      standstill: queue().standstill(),
    });
  }

  function tellOf(orderId: string): void {
    const order = prints.order(orderId);
    if (order === undefined) return;
    const now = progress(order);
    if (now.state === 'printed' || now.state === 'cancelled') onOver(order);
    for (const listener of progressListeners) listener(now);
  }

  /** One notice, of the first printer in trouble; none once there is none. */
  function tellCrew(): void {
    const code = 'notice.printer-trouble';
    const troubled = printers()
      .inUse()
      .find((printer) => blockerOf(printer) !== undefined);
    const blocker = troubled && blockerOf(troubled);
    const before = notices.list().find((notice) => notice.code === code);
    if (troubled === undefined || blocker === undefined) {
      if (before !== undefined) notices.removeCode(code);
    } else if (before?.values['code'] !== blocker.code || before.values['printer'] !== troubled.label) {
      notices.put(code, { printer: troubled.label, code: blocker.code });
    }
  }

  return {
    onProgress: (listener) => void progressListeners.push(listener),
    onChanged: (listener) => void changeListeners.push(listener),
    progress,
    ofOrder: (orderId) => {
      tellOf(orderId);
      tellChanged();
    },
    ofPrinters: () => {
      const concerned = new Set([...prints.waiting(), ...prints.inFlight()].map(({ orderId }) => orderId));
      for (const orderId of concerned) tellOf(orderId);
      tellCrew();
      tellChanged();
    },
  };
}
