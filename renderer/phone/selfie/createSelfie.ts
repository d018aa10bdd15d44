import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SelfieJob } from '../../../preload/index.ts';
import { watchSelfie, type Server } from '../server/index.ts';
import { shrinkPicture } from './shrinkPicture.ts';

/** `pictureUrl` shows the guest what is being looked for. */
export type SelfieState =
  /** `hasFailed`: there was one before, of which the server gives `advice`; empty where it could not. */
  | { at: 'ready'; advice: string; hasFailed: boolean }
  | { at: 'sending'; pictureUrl: string }
  /** Too many at once; it goes on by itself. */
  | { at: 'waiting'; pictureUrl: string }
  | { at: 'searching'; pictureUrl: string; isQueued: boolean };

export interface Selfie {
  store: StoreApi<SelfieState>;
  /** Sends a picture, and follows it until the guest has been looked for. */
  send: (token: string, picture: Blob) => Promise<void>;
  /** Gives up the one that is on its way: what has not been sent yet is not sent. */
  reset: () => void;
}

interface SelfieDeps {
  server: Server;
  onDone: (galleryUrl: string) => void;
}

const patienceMs = 60_000;
const ready: SelfieState = { at: 'ready', advice: '', hasFailed: false };

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** A guest's picture on its way to the booth. */
export const createSelfie = ({ server, onDone }: SelfieDeps): Selfie => {
  const store = createStore<SelfieState>(() => ready);
  let stopWatching = (): void => undefined;
  /** Tells the picture that is on its way from those that were given up. */
  let turn = 0;

  const become = (state: SelfieState): void => {
    const last = store.getState();
    if (last.at !== 'ready' && state.at === 'ready') URL.revokeObjectURL(last.pictureUrl);
    store.setState(state, true);
  };
  const fail = (advice: string): void => {
    become({ at: 'ready', advice, hasFailed: true });
  };
  const reset = (): void => {
    turn += 1;
    stopWatching();
    become(ready);
  };

  const follow = (jobId: string, pictureUrl: string): void => {
    const show = (job: SelfieJob): void => {
      if (job.state === 'done' && job.galleryUrl !== undefined) {
        reset();
        onDone(job.galleryUrl);
      } else if (job.state === 'queued' || job.state === 'running') {
        become({ at: 'searching', pictureUrl, isQueued: job.state === 'queued' });
      } else {
        fail(job.message ?? '');
      }
    };
    stopWatching = watchSelfie(server, jobId, show, fail);
  };

  const send = async (token: string, picture: Blob): Promise<void> => {
    reset();
    const mine = turn;
    const pictureUrl = URL.createObjectURL(picture);
    become({ at: 'sending', pictureUrl });
    const small = await shrinkPicture(picture);
    const until = Date.now() + patienceMs;
    while (mine === turn) {
      const reply = await server.uploadSelfie(token, small);
      if (mine !== turn) return;
      if (reply.kind === 'ok') {
        become({ at: 'searching', pictureUrl, isQueued: true });
        follow(reply.value.jobId, pictureUrl);
        return;
      }
      if (reply.kind !== 'busy' || Date.now() + reply.afterMs > until) {
        fail(reply.kind === 'lost' ? '' : reply.message);
        return;
      }
      become({ at: 'waiting', pictureUrl });
      await sleep(reply.afterMs);
    }
  };

  return { store, send, reset };
};
