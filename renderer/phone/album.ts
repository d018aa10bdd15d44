import { createContext, useContext } from 'react';
import type { GalleryPhoto } from '../../preload/index.ts';

/** What is saved of a photo. */
export interface PhotoFile {
  href: string;
  /** Empty where the server gives it one. */
  name: string;
}

/** Where a gallery's pictures come from. */
export interface Album {
  pictureOf: (photo: GalleryPhoto, size: 'thumbnail' | 'screen') => string;
  fileOf: (photo: GalleryPhoto) => PhotoFile;
}

const none: Album = { pictureOf: () => '', fileOf: () => ({ href: '', name: '' }) };

export const AlbumContext = createContext<Album>(none);
export const useAlbum = (): Album => useContext(AlbumContext);
