import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Access, FaultCode, Language, staffEvents, staffRequests } from '../../preload/index.ts';
import type { Line } from '../line/index.ts';

export type StaffLine = Line<typeof staffRequests, typeof staffEvents>;

/** How the window stands. */
export type DeskState =
  /** Core is not there, or not yet. */
  | { at: 'waiting' }
  /** Somebody may begin here: the wizard, or the PIN. */
  | ({ at: 'open'; language: Language; version: string; fault: FaultCode | undefined; isBusy: boolean } & {
      access: Access;
    });

/** A staff's window, whatever it shows: who is at it, and in which language. */
export interface Desk {
  readonly line: StaffLine;
  readonly state: StoreApi<DeskState>;
  signIn: (pin: string) => void;
  /** Back to the guests. */
  leave: () => void;
  setLanguage: (language: Language) => void;
  /** Looks anew at how the window stands. */
  refresh: () => void;
}

const retryMs = 500;

/** @param deps.close closes the window where it lies over the guests' */
export function createDesk({ line, close }: { line: StaffLine; close: () => void }): Desk {
  const state = createStore<DeskState>(() => ({ at: 'waiting' }));

  const change = (changes: Partial<Extract<DeskState, { at: 'open' }>>) => {
    const now = state.getState();
    if (now.at === 'open') state.setState({ ...now, ...changes }, true);
  };

  async function open(): Promise<void> {
    const reply = await line.ask('staff:open', {});
    if (reply.ok) state.setState({ at: 'open', ...reply.value, fault: undefined, isBusy: false }, true);
    // Where the line is lost meanwhile, the next one asks again.
    else if (state.getState().at === 'waiting' && reply.fault.code !== 'engine.starting') setTimeout(refresh, retryMs);
  }

  const refresh = () => void open();

  line.onLine((now) => {
    state.setState({ at: 'waiting' }, true);
    if (now === 'open') refresh();
  });
  line.onEvent('access:changed', (access) => {
    const before = state.getState();
    change({ access });
    // Whoever has left their desk leaves the guests theirs.
    if (before.at === 'open' && before.access.at === 'signed-in' && access.at !== 'signed-in') close();
  });

  return {
    line,
    state,
    signIn: (pin) => {
      change({ isBusy: true, fault: undefined });
      void line.ask('staff:sign-in', { pin }).then((reply) => {
        change({ isBusy: false, fault: reply.ok ? undefined : reply.fault.code });
      });
    },
    leave: () => {
      void line.ask('staff:sign-out', {}).then(close);
    },
    setLanguage: (language) => {
      change({ language });
      void line.ask('staff:set-language', { language });
    },
    refresh,
  };
}
