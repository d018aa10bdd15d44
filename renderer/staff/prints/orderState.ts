import type { Fault, PrinterLook, StaffOrder, StaffSheet } from '../../../preload/index.ts';

/**
 * What there is to say of an order as a whole. `unclear`: somebody has to look whether a sheet came out. `held-up`: a sheet waits for a printer
 * that is seen to. The first that is true of it, in this order.
 */
export const orderStates = ['unclear', 'unpaid', 'held-up', 'printing', 'waiting', 'printed', 'cancelled'] as const;
export type OrderState = (typeof orderStates)[number];

/** It has not come out, and will. */
const isOpen = ({ state }: StaffSheet): boolean => state === 'waiting' || state === 'printing';

export const isHeldUp = (sheet: StaffSheet): boolean => isOpen(sheet) && sheet.trouble !== undefined;

export function orderStateOf({ isPaid, sheets }: Pick<StaffOrder, 'isPaid' | 'sheets'>): OrderState {
  if (sheets.some(({ state }) => state === 'unclear')) return 'unclear';
  if (!isPaid && sheets.some(isOpen)) return 'unpaid';
  if (sheets.some(isHeldUp)) return 'held-up';
  if (sheets.some(({ state }) => state === 'printing')) return 'printing';
  if (sheets.some(({ state }) => state === 'waiting')) return 'waiting';
  return sheets.some(({ state }) => state === 'printed') ? 'printed' : 'cancelled';
}

/** Nothing goes on with it until somebody of the crew does something. */
export const wantsCrew = (order: StaffOrder): boolean => ['unclear', 'unpaid', 'held-up'].includes(orderStateOf(order));

export const printedOf = ({ sheets }: StaffOrder): number => sheets.filter(({ state }) => state === 'printed').length;

/** Why it is held up, each reason once. */
export const troublesOf = ({ sheets }: StaffOrder): Fault[] => {
  const troubles = sheets.filter(isHeldUp).flatMap(({ trouble }) => trouble ?? []);
  return [...new Map(troubles.map((trouble) => [trouble.code, trouble])).values()];
};

/** Whether there is something left to cancel. */
export const mayCancel = ({ sheets }: StaffOrder): boolean => sheets.some(isOpen);

/** Sheets that another printer may take over: those that wait, and those that a printer has without getting on. */
export const sheetsToSend = ({ isPaid, sheets }: StaffOrder): StaffSheet[] =>
  isPaid ? sheets.filter((sheet) => sheet.state === 'waiting' || isHeldUp(sheet)) : [];

/** Printers that a sheet may be sent to. */
export const printersToSendTo = (printers: readonly PrinterLook[]): PrinterLook[] =>
  printers.filter(({ isFit, isUsed, isPaused, state }) => isFit && isUsed && !isPaused && state !== 'missing');
