import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CloudGallery as Contents, Language } from '../../../preload/index.ts';
import { createNews, nothingFresh, type Freshness } from '../createNews.ts';
import type { GalleryReading } from './readGallery.ts';

export type CloudGalleryState = {
  /** Whether nobody answers just now. */
  isLost: boolean;
} & (
  | { at: 'opening' }
  /** Not there: not yet, or no longer, which nobody can tell apart. */
  | { at: 'awaited' }
  | (Freshness & { at: 'shown'; contents: Contents })
  /** Its time is over, or it was taken away while it was looked at. */
  | { at: 'ended' }
);

export type ShownCloudGallery = Extract<CloudGalleryState, { at: 'shown' }>;

export interface CloudGallery {
  store: StoreApi<CloudGalleryState>;
  /** Opens it and keeps it as it is in the bucket, for as long as the page is looked at. @returns stops that */
  follow: () => () => void;
}

interface CloudGalleryDeps {
  read: () => Promise<GalleryReading>;
  page: Document;
  now: () => number;
  onLanguage: (language: Language) => void;
  onEnded: () => void;
}

export const newPhotosMs = 60_000;
export const awaitedMs = 20_000;
export const lostMs = 5000;

/** A guest's photos from the bucket, as they come and go. No server tells of it: it is read again and again. */
export const createCloudGallery = ({ read, page, now, onLanguage, onEnded }: CloudGalleryDeps): CloudGallery => {
  const store = createStore<CloudGalleryState>(() => ({ at: 'opening', isLost: false }));
  const news = createNews((changes) => {
    const state = store.getState();
    if (state.at === 'shown') store.setState({ ...state, ...changes }, true);
  });

  const end = (): void => {
    store.setState({ at: 'ended', isLost: false }, true);
    onEnded();
  };
  const show = (contents: Contents): void => {
    const state = store.getState();
    if (state.at === 'shown') {
      news.tell(state.contents.photos, contents.photos);
      store.setState({ contents, isLost: false });
      return;
    }
    store.setState({ at: 'shown', isLost: false, contents, ...nothingFresh }, true);
    onLanguage(contents.language);
  };
  const isOver = (contents: Contents): boolean => Date.parse(contents.expiresAt) <= now();

  /** @returns after how long to read again; undefined: there is nothing more to come */
  const refresh = async (): Promise<number | undefined> => {
    const reading = await read();
    const state = store.getState();
    const contents = reading.kind === 'found' ? reading.gallery : state.at === 'shown' ? state.contents : undefined;
    const isTakenAway = reading.kind === 'missing' && state.at === 'shown';
    if (isTakenAway || (contents !== undefined && isOver(contents))) {
      end();
      return undefined;
    }
    switch (reading.kind) {
      case 'found':
        show(reading.gallery);
        return newPhotosMs;
      case 'missing':
        store.setState({ at: 'awaited', isLost: false }, true);
        return awaitedMs;
      case 'lost':
        store.setState({ isLost: true });
        return lostMs;
    }
  };

  return {
    store,
    follow: () => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isStopped = false;
      let isReading = false;

      const keepReading = async (): Promise<void> => {
        clearTimeout(timer);
        if (isReading) return;
        isReading = true;
        const afterMs = await refresh();
        isReading = false;
        if (afterMs === undefined) stop();
        else if (!isStopped && page.visibilityState === 'visible') {
          timer = setTimeout(() => void keepReading(), afterMs);
        }
      };
      const onVisibility = (): void => {
        if (page.visibilityState === 'visible') void keepReading();
        else clearTimeout(timer);
      };
      const stop = (): void => {
        isStopped = true;
        clearTimeout(timer);
        news.stop();
        page.removeEventListener('visibilitychange', onVisibility);
      };
      page.addEventListener('visibilitychange', onVisibility);
      void keepReading();
      return stop;
    },
  };
};
