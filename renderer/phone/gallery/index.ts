// A guest's photos: looked at, answered for, saved, erased.
export { createGallery } from './createGallery.ts';
export type { Gallery } from './createGallery.ts';
export { GalleryPage } from './GalleryPage.tsx';
