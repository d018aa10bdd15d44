import type { OrderProgress } from '../../../preload/index.ts';
import { isOver } from './comingPrints.ts';
import type { KioskSettings } from './state.ts';

/** A full order of a printer that sublimates takes about so long, and others may come first. */
const leastMs = 180_000;

/** So long the printing is on show without a touch: whoever waits for paper looks at the printer. Once it is out, as long as any other scene. */
export function printPatienceMs({ idle }: Pick<KioskSettings, 'idle'>, order: OrderProgress | undefined): number {
  const usualMs = idle.warnAfterMs + idle.wipeAfterMs;
  return order === undefined || isOver(order) ? usualMs : Math.max(leastMs, usualMs);
}
