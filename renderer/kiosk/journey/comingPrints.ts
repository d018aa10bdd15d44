import type { OrderProgress } from '../../../preload/index.ts';
import type { ComingPrints } from '../screens/props.ts';

/** Whether nothing more will come of an order. */
export const isOver = ({ state }: OrderProgress): boolean => state === 'printed' || state === 'cancelled';

/** What a guest who leaves still has to wait for, or to do something for. */
export function comingPrints(prints: readonly OrderProgress[]): ComingPrints | undefined {
  const open = prints.filter((order) => !isOver(order));
  if (open.some(({ state }) => state === 'unpaid')) return 'unpaid';
  return open.length > 0 ? 'coming' : undefined;
}
