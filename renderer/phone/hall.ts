import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PhoneEvent } from '../../preload/index.ts';
import type { Server } from './server/index.ts';

export interface HallState {
  /** Undefined until the server has told. */
  event: PhoneEvent | undefined;
  /** Whether the server has stopped answering. */
  isLost: boolean;
}

export interface Hall {
  store: StoreApi<HallState>;
  /** Asks for the event until it is told. */
  enter: (server: Server) => Promise<void>;
  noteReached: (isReached: boolean) => void;
}

const againMs = 3000;

/** What every page stands in: the event, and the line to its server. */
export const createHall = (onEvent: (event: PhoneEvent) => void): Hall => {
  const store = createStore<HallState>(() => ({ event: undefined, isLost: false }));
  return {
    store,
    enter: async (server) => {
      for (;;) {
        const reply = await server.event();
        if (reply.kind === 'ok') {
          store.setState({ event: reply.value });
          onEvent(reply.value);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, reply.kind === 'busy' ? reply.afterMs : againMs));
      }
    },
    noteReached: (isReached) => {
      if (store.getState().isLost === isReached) store.setState({ isLost: !isReached });
    },
  };
};
