// A guest's photos: looked at, answered for, saved, erased. What the LAN server's page and the cloud's are both made of comes first.
export { Foot } from './Foot.tsx';
export { FreshNote } from './FreshNote.tsx';
export { growFrom } from './growFrom.ts';
export { Mosaic } from './Mosaic.tsx';
export { Viewer } from './Viewer.tsx';

export { createGallery } from './createGallery.ts';
export type { Gallery } from './createGallery.ts';
export { GalleryPage } from './GalleryPage.tsx';
