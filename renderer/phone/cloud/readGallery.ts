import { openSealed, type CloudGallery } from '../../../preload/index.ts';
import type { Bucket } from './bucket.ts';
import type { Door } from './door.ts';
import { behindDoorOf, isCloudGallery, isSealedObject } from './parse.ts';

export type GalleryReading =
  | { kind: 'found'; gallery: CloudGallery }
  /** Not there, not there yet, or not to be opened with what the guest has. */
  | { kind: 'missing' }
  | { kind: 'lost' };

/** Through the door to the contents, as they lie in the bucket now. */
export const readGallery = async (bucket: Bucket, door: Door): Promise<GalleryReading> => {
  const opened = await readSealed(bucket, door.path, door.key);
  if (opened.kind !== 'found') return opened;
  const behind = behindDoorOf(opened.value);
  if (behind === undefined) return { kind: 'missing' };
  const contents = await readSealed(bucket, behind.contents, behind.key);
  if (contents.kind !== 'found') return contents;
  return isCloudGallery(contents.value) ? { kind: 'found', gallery: contents.value } : { kind: 'missing' };
};

const readSealed = async (bucket: Bucket, path: string, key: Door['key']): ReturnType<Bucket['read']> => {
  const lying = await bucket.read(path);
  if (lying.kind !== 'found') return lying;
  if (!isSealedObject(lying.value)) return { kind: 'lost' };
  const plain = await openSealed(key, path, lying.value.sealed);
  // Whoever sealed it wrote JSON.
  return plain === undefined ? { kind: 'missing' } : { kind: 'found', value: JSON.parse(plain) };
};
