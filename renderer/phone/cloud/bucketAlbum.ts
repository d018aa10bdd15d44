import type { CloudPhoto } from '../../../preload/index.ts';
import type { Album } from '../album.ts';
import type { Bucket } from './bucket.ts';

/** The pictures of a gallery in the bucket. */
export const bucketAlbum = (photos: readonly CloudPhoto[], addressOf: Bucket['addressOf']): Album => {
  const byId = new Map(photos.map((photo) => [photo.id, photo]));
  const keyOf = (id: number, size: 'thumbnail' | 'screen' | 'original'): string => {
    const photo = byId.get(id);
    return photo?.[size] ?? photo?.screen ?? '';
  };
  return {
    pictureOf: ({ id }, size) => addressOf(keyOf(id, size)),
    fileOf: ({ id, takenAt }) => {
      const key = keyOf(id, 'original');
      return { href: addressOf(key), name: fileName(takenAt, id, key) };
    },
  };
};

/** As the LAN server names them: by when it was taken, so that they lie in that order wherever they are kept. */
const fileName = (takenAt: string, id: number, key: string): string => {
  const ending = /\.\w+$/.exec(key)?.[0] ?? '.jpg';
  return `${takenAt.replace('T', ' ').replaceAll(':', '.')} (${String(id)})${ending}`;
};
