import { galleryEventNames, phonePaths } from '../../../preload/index.ts';

interface GalleryNews {
  /** The gallery is another now, or may be: the line has just come up (again). */
  onPhotos: () => void;
  onGone: () => void;
  onLost: () => void;
}

const againMs = 5000;
const [photosEvent, goneEvent] = galleryEventNames;

/**
 * Listens to what happens to a gallery, for as long as the page is looked at: a phone in a pocket needs no line.
 *
 * @returns stops it
 */
export const watchGallery = (token: string, page: Document, news: GalleryNews): (() => void) => {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const close = (): void => {
    clearTimeout(timer);
    source?.close();
  };
  const open = (): void => {
    close();
    const line = new EventSource(phonePaths.galleryEvents(token));
    source = line;
    line.addEventListener('open', news.onPhotos);
    line.addEventListener(photosEvent, news.onPhotos);
    line.addEventListener(goneEvent, news.onGone);
    line.addEventListener('error', () => {
      // The browser dials again by itself after a break, but not after a refusal.
      if (line.readyState === EventSource.CLOSED) timer = setTimeout(open, againMs);
      news.onLost();
    });
  };
  const follow = (): void => {
    if (page.visibilityState === 'visible') open();
    else close();
  };

  page.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    page.removeEventListener('visibilitychange', follow);
    close();
  };
};
