import { phonePaths } from '../../../preload/index.ts';
import type { Album } from '../album.ts';

/** The pictures that the LAN server has for a guest. */
export const serverAlbum = (token: string): Album => ({
  pictureOf: (photo, size) => phonePaths.photo(token, photo.id, size),
  fileOf: (photo) => ({ href: phonePaths.photo(token, photo.id, 'download'), name: '' }),
});
