// Events: each photo, face and guest belongs to one, and nothing of one is ever found from another.
import type { EventRow, Store } from '../store/index.ts';

export interface Events {
  /** The event of that code; it is made if there is none. */
  open(code: string): EventRow;
  list(): EventRow[];
}

export function createEvents({ store }: { store: Store }): Events {
  return {
    open: (code) => store.events.find(code) ?? store.events.add(code),
    list: () => store.events.list(),
  };
}
