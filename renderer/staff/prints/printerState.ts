import type { FaultCode, PrinterLook } from '../../../preload/index.ts';

/** The one word for how a printer is. `blocked`: something has to be seen to, and the system has not stopped it for that. */
export type PrinterWord = 'ready' | 'printing' | 'blocked' | 'stopped' | 'paused' | 'missing';

/** Whether it is what a printer will lack; it prints until then. */
export const isForetold = ({ code }: { code: FaultCode }): boolean =>
  code === 'printer.paper-low' || code === 'printer.ribbon-low';

export function printerWordOf({ state, isPaused, troubles }: PrinterLook): PrinterWord {
  if (state === 'missing') return 'missing';
  if (isPaused) return 'paused';
  if (state === 'stopped') return 'stopped';
  if (!troubles.every(isForetold)) return 'blocked';
  return state === 'printing' ? 'printing' : 'ready';
}

/** It can take a sheet now, or as soon as it has done the one before. */
export const isReady = (printer: PrinterLook): boolean =>
  printer.isFit && printer.isUsed && ['ready', 'printing'].includes(printerWordOf(printer));
