import type { Fault, OrderProgress } from '../../../preload/index.ts';
import type { PrintOrderRow, PrintSheetRow } from '../store/index.ts';

/**
 * How far an order is, as it is told to a guest.
 *
 * @param sheets all of the order's
 * @param ahead how many sheets of others come out before its next one
 * @param blockerOf why a printer does not go on with the sheet that it has
 * @param standstill why no printer takes any sheet, where that is so
 */
export function progressOf(
  { id, isPaid }: Pick<PrintOrderRow, 'id' | 'isPaid'>,
  sheets: readonly PrintSheetRow[],
  {
    ahead,
    blockerOf,
    standstill,
  }: { ahead: number; blockerOf: (printer: string) => Fault | undefined; standstill: Fault | undefined },
): OrderProgress {
  const wanted = sheets.filter(({ state }) => state !== 'cancelled');
  const isAny = (...states: PrintSheetRow['state'][]) => wanted.some(({ state }) => states.includes(state));
  const printed = wanted.filter(({ state }) => state === 'printed').length;
  const common = { orderId: id, sheets: Math.max(1, wanted.length), printed, ahead: 0 };

  if (wanted.length === 0) return { ...common, state: 'cancelled' };
  if (printed === wanted.length) return { ...common, state: 'printed' };
  if (!isPaid) return { ...common, state: 'unpaid' };
  const underWay = wanted.filter(({ state }) => ['handing-over', 'held', 'released'].includes(state));
  if (underWay.length > 0) {
    const blockers = underWay.map(({ printer }) => printer && blockerOf(printer));
    const [trouble] = blockers;
    // Another printer may go on.
    return trouble === undefined || trouble === '' || blockers.includes(undefined)
      ? { ...common, state: 'printing' }
      : { ...common, state: 'held-up', trouble };
  }
  if (!isAny('waiting')) return { ...common, state: 'asked' };
  const trouble = standstill ?? wanted.find(({ fault }) => fault !== undefined)?.fault;
  return trouble === undefined
    ? { ...common, state: 'waiting', ahead }
    : { ...common, state: 'held-up', ahead, trouble };
}
