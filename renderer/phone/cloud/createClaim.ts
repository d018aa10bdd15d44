import { createStore, type StoreApi } from 'zustand/vanilla';
import { isClaimCode } from './claimCode.ts';
import type { Door, FoundDoor } from './door.ts';

export type ClaimState =
  | { at: 'open'; problem: 'wrong' | 'lost' | undefined }
  /** A code is being stretched, and its door looked for. */
  | { at: 'trying' }
  | { at: 'opened'; door: Door };

export interface Claim {
  store: StoreApi<ClaimState>;
  /** Opens with a code that was typed. */
  open: (code: string) => Promise<void>;
  /** Opens with the code that this tab was opened with before. */
  reopen: () => Promise<void>;
  /** Back to where no code has been typed. */
  leave: () => void;
}

interface ClaimDeps {
  findDoor: (code: string) => Promise<FoundDoor>;
  /** Throws where the guest has forbidden it. */
  storage: () => Storage;
}

const place = 'findme.code';

/**
 * How a guest gets to a gallery with a claim code. The code is kept for as long as the tab lives, as a link's address is: a phone lets go of pages that
 * nobody looks at, and the sheet that the code is printed on would have to be looked for. No longer than that, because the screen may be anybody's.
 */
export const createClaim = ({ findDoor, storage }: ClaimDeps): Claim => {
  const untouched: ClaimState = { at: 'open', problem: undefined };
  const store = createStore<ClaimState>(() => untouched);
  const become = (state: ClaimState): void => {
    store.setState(state, true);
  };
  /** A browser that keeps nothing only makes a guest type the code again. */
  const withStorage = <T>(act: (kept: Storage) => T): T | undefined => {
    try {
      return act(storage());
    } catch {
      return undefined;
    }
  };

  const open = async (code: string): Promise<void> => {
    if (!isClaimCode(code)) {
      become({ at: 'open', problem: 'wrong' });
      return;
    }
    become({ at: 'trying' });
    const found = await findDoor(code);
    if (found.kind === 'found') {
      withStorage((kept) => {
        kept.setItem(place, code);
      });
      become({ at: 'opened', door: found.door });
    } else become({ at: 'open', problem: found.kind === 'missing' ? 'wrong' : 'lost' });
  };

  return {
    store,
    open,
    reopen: async () => {
      const code = withStorage((kept) => kept.getItem(place)) ?? undefined;
      if (code !== undefined) await open(code);
    },
    leave: () => {
      withStorage((kept) => {
        kept.removeItem(place);
      });
      become(untouched);
    },
  };
};
