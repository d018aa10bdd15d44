import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Gallery as Contents, Language } from '../../../preload/index.ts';
import type { Kept } from '../kept.ts';
import { watchGallery, type Server } from '../server/index.ts';
import { newIn } from './newIn.ts';

export type GalleryState =
  | { at: 'opening' }
  | {
      at: 'shown';
      contents: Contents;
      /** Those that have come since the guest looks. */
      fresh: readonly number[];
      /** Whether it is being said that they have come. */
      isTelling: boolean;
      /** The photos whose answers are on their way. */
      answering: readonly number[];
      erasing: 'not' | 'busy' | 'failed';
    }
  /** The address opens nothing (any more). */
  | { at: 'unknown' }
  /** Withdrawn while it was looked at. */
  | { at: 'gone' }
  /** By the guest; so many faces went out of the event's photos. */
  | { at: 'erased'; faces: number };

export type ShownGallery = Extract<GalleryState, { at: 'shown' }>;

export interface Gallery {
  token: string;
  store: StoreApi<GalleryState>;
  /** Opens it and keeps it as it is on the server. @returns stops that */
  follow: () => () => void;
  answer: (photoId: number, isMe: boolean) => Promise<void>;
  erase: (withFaces: boolean) => Promise<void>;
}

interface GalleryDeps {
  token: string;
  server: Server;
  kept: Kept;
  page: Document;
  onLanguage: (language: Language) => void;
  onEnded: () => void;
}

const againMs = 3000;
const tellMs = 5000;

/** A guest's photos on the phone, as they come and go. */
export const createGallery = ({ token, server, kept, page, onLanguage, onEnded }: GalleryDeps): Gallery => {
  const store = createStore<GalleryState>(() => ({ at: 'opening' }));
  let tellTimer: ReturnType<typeof setTimeout> | undefined;

  const change = (changes: Partial<ShownGallery>): void => {
    const state = store.getState();
    if (state.at === 'shown') store.setState({ ...state, ...changes }, true);
  };
  const end = (state: GalleryState): void => {
    kept.forget(token);
    store.setState(state, true);
    onEnded();
  };

  const show = (contents: Contents): void => {
    const state = store.getState();
    if (state.at !== 'shown') {
      store.setState({ at: 'shown', contents, fresh: [], isTelling: false, answering: [], erasing: 'not' }, true);
      onLanguage(contents.language);
      return;
    }
    const fresh = newIn([...state.contents.photos, ...state.contents.maybe], contents.photos);
    if (fresh.length === 0) {
      change({ contents });
      return;
    }
    change({ contents, fresh, isTelling: true });
    clearTimeout(tellTimer);
    tellTimer = setTimeout(() => {
      change({ isTelling: false });
    }, tellMs);
  };

  /** @returns after how long to ask again; undefined: it is known */
  const refresh = async (): Promise<number | undefined> => {
    const reply = await server.gallery(token);
    switch (reply.kind) {
      case 'ok':
        show(reply.value);
        return undefined;
      case 'refused':
        end({ at: 'unknown' });
        return undefined;
      case 'busy':
        return reply.afterMs;
      case 'lost':
        return againMs;
    }
  };

  return {
    token,
    store,
    follow: () => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isStopped = false;
      const keepAsking = async (): Promise<void> => {
        clearTimeout(timer);
        const afterMs = await refresh();
        if (afterMs !== undefined && !isStopped) timer = setTimeout(() => void keepAsking(), afterMs);
      };
      const stopWatching = watchGallery(token, page, {
        onPhotos: () => void keepAsking(),
        onGone: () => {
          if (store.getState().at !== 'erased') end({ at: 'gone' });
        },
        // Whether it is the line alone or everything shows when the server is asked.
        onLost: () => void keepAsking(),
      });
      // Not only when the line is up: a network may let no line through.
      void keepAsking();
      const stop = (): void => {
        isStopped = true;
        clearTimeout(timer);
        clearTimeout(tellTimer);
        stopWatching();
        stopEnding();
      };
      const stopEnding = store.subscribe((state) => {
        if (state.at === 'unknown' || state.at === 'gone' || state.at === 'erased') stop();
      });
      return stop;
    },
    answer: async (photoId, isMe) => {
      const state = store.getState();
      if (state.at !== 'shown' || state.answering.includes(photoId)) return;
      change({ answering: [...state.answering, photoId] });
      const reply = await server.answer(token, { photoId, isMe });
      const now = store.getState();
      if (now.at !== 'shown') return;
      change({
        ...(reply.kind === 'ok' && { contents: reply.value }),
        answering: now.answering.filter((id) => id !== photoId),
      });
    },
    erase: async (withFaces) => {
      change({ erasing: 'busy' });
      const reply = await server.erase(token, withFaces);
      if (reply.kind === 'ok') end({ at: 'erased', faces: reply.value.faces });
      else change({ erasing: 'failed' });
    },
  };
};
