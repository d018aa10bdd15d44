import type { Fault, PrinterLook } from '../../../preload/index.ts';
import type { DenseState } from '../../dense/index.ts';
import type { OrderState } from './orderState.ts';
import { isForetold, printerWordOf, type PrinterWord } from './printerState.ts';

export const orderColours: Readonly<Record<OrderState, DenseState>> = {
  unclear: 'warning',
  unpaid: 'warning',
  'held-up': 'bad',
  printing: 'good',
  waiting: 'idle',
  printed: 'good',
  cancelled: 'idle',
};

const printerColours: Readonly<Record<PrinterWord, DenseState>> = {
  ready: 'good',
  printing: 'good',
  blocked: 'bad',
  stopped: 'bad',
  paused: 'warning',
  missing: 'bad',
};

/** Nothing of a printer that the booth does not print with is worth a colour. */
export const printerColourOf = (printer: PrinterLook): DenseState =>
  printer.isUsed ? printerColours[printerWordOf(printer)] : 'idle';

/** @param trouble one of the printer's */
export const troubleColourOf = ({ isUsed }: PrinterLook, trouble: Fault): DenseState => {
  if (!isUsed) return 'idle';
  return isForetold(trouble) ? 'warning' : 'bad';
};
