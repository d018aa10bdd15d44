import { createStore, type StoreApi } from 'zustand/vanilla';

export type PageName = { at: 'start'; eventCode: string | undefined } | { at: 'gallery'; token: string };

/** What lies over a page; the phone's own way back closes it. */
export type Layer =
  { at: 'consent' } | { at: 'code' } | { at: 'viewer'; photoId: number } | { at: 'selfie' } | { at: 'erase' };

export interface PlaceState<Page> {
  page: Page;
  layer: Layer | undefined;
}

export interface Place<Page = PageName> {
  store: StoreApi<PlaceState<Page>>;
  /** To another page, with no way back to this one. */
  replace: (url: string) => void;
  open: (layer: Layer) => void;
  /** Stays on the page, of which nothing is left that could lie over it. */
  settle: () => void;
  close: () => void;
}

/**
 * Where the guest is, which the browser's history keeps: a page by its address, a layer by its state.
 *
 * @param pageOf which page an address is
 */
export const createPlace = <Page>(page: Window, pageOf: (location: Location) => Page): Place<Page> => {
  const read = (): PlaceState<Page> => ({ page: pageOf(page.location), layer: layerOf(page.history.state) });
  const store = createStore(read);
  const update = (): void => {
    store.setState(read());
  };
  page.addEventListener('popstate', update);
  return {
    store,
    replace: (url) => {
      page.history.replaceState(null, '', url);
      page.scrollTo(0, 0);
      update();
    },
    open: (layer) => {
      page.history.pushState(layer, '');
      update();
    },
    settle: () => {
      page.history.replaceState(null, '');
      update();
    },
    close: () => {
      page.history.back();
    },
  };
};

/** Whatever is no gallery is the start page. */
export const pageOf = ({ pathname, search }: Pick<Location, 'pathname' | 'search'>): PageName => {
  const token = /^\/g\/([\w-]+)\/?$/.exec(pathname)?.[1];
  if (token !== undefined) return { at: 'gallery', token };
  const eventCode = new URLSearchParams(search).get('event')?.trim() ?? '';
  return { at: 'start', eventCode: eventCode === '' ? undefined : eventCode };
};

/** Of a state that an earlier version of these pages may have left. */
export const layerOf = (state: unknown): Layer | undefined => {
  if (typeof state !== 'object' || state === null || !('at' in state)) return undefined;
  const { at } = state;
  if (at === 'consent' || at === 'code' || at === 'selfie' || at === 'erase') return { at };
  if (at === 'viewer' && 'photoId' in state && typeof state.photoId === 'number') {
    return { at, photoId: state.photoId };
  }
  return undefined;
};
