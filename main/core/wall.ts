import type { WallPhoto } from '../../preload/index.ts';
import type { ArrivedPhoto, Store } from './store/index.ts';

/** As many as the wall shows. */
const shownPhotos = 60;

/** The newest photos of an event with where their faces are, newest first. */
export const newestPhotos = (store: Store, eventId: number): WallPhoto[] =>
  store.photos.newest(eventId, shownPhotos).map((photo) => wallPhotoOf(store, photo));

/** One photo; undefined for one that is not to be shown. */
export function wallPhotoFor(store: Store, eventId: number, photoId: number): WallPhoto | undefined {
  const photo = store.photos.arrived(eventId, photoId);
  return photo && wallPhotoOf(store, photo);
}

const wallPhotoOf = (store: Store, photo: ArrivedPhoto): WallPhoto => ({
  ...photo,
  faces: store.faces.boxesOf(photo.id).map(({ x, y, width, height }) => ({
    x: x / photo.width,
    y: y / photo.height,
    width: width / photo.width,
    height: height / photo.height,
  })),
});
