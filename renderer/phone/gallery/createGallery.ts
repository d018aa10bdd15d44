import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Gallery as Contents, Language } from '../../../preload/index.ts';
import type { Kept } from '../kept.ts';
import { watchGallery, type Server } from '../server/index.ts';
import { createNews, nothingFresh, type Freshness } from '../createNews.ts';

export type GalleryState =
  | { at: 'opening' }
  | (Freshness & {
      at: 'shown';
      contents: Contents;
      /** The photos whose answers are on their way. */
      answering: readonly number[];
      erasing: 'not' | 'busy' | 'failed';
    })
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

/** A guest's photos on the phone, as they come and go. */
export const createGallery = ({ token, server, kept, page, onLanguage, onEnded }: GalleryDeps): Gallery => {
  const store = createStore<GalleryState>(() => ({ at: 'opening' }));

  const change = (changes: Partial<ShownGallery>): void => {
    const state = store.getState();
    if (state.at === 'shown') store.setState({ ...state, ...changes }, true);
  };
  const news = createNews(change);
  const end = (state: GalleryState): void => {
    kept.forget(token);
    store.setState(state, true);
    onEnded();
  };

  const show = (contents: Contents): void => {
    const state = store.getState();
    if (state.at !== 'shown') {
      store.setState({ at: 'shown', contents, ...nothingFresh, answering: [], erasing: 'not' }, true);
      onLanguage(contents.language);
      return;
    }
    news.tell([...state.contents.photos, ...state.contents.maybe], contents.photos);
    change({ contents });
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
        news.stop();
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
