import { contentsPath, type CloudGallery } from '../../../preload/index.ts';
import type { Events } from '../events/index.ts';
import type { EventKeys } from '../keys/index.ts';
import type { ShownPhoto, Store } from '../store/index.ts';
import { shownIn, unsealGallery } from './cloudGalleryRow.ts';
import { endOfDay } from './localDate.ts';
import { photoFor } from './photoFor.ts';

/** Where a photo's pictures lie, from the bucket's prefix on. */
export type PictureKeysOf = (photo: { eventUid: string; sha256: string; extension: string }) => {
  thumbnail: string;
  screen: string;
  original: string;
};

/** A gallery as it is to lie in the cloud, not sealed yet. */
export interface PlainContents {
  gallery: CloudGallery;
  /** 32 bytes that it is sealed with. */
  key: Buffer;
  /** Its own key in the bucket, from the prefix on. */
  place: string;
}

/** The contents of galleries, of any event, as they are to lie in the cloud now. The same state gives the same contents. */
export interface CloudContentsReader {
  /** @returns undefined for contents that there are not any more, or whose event's key is gone */
  of(contentsId: string): PlainContents | undefined;
}

export function createCloudContents(deps: {
  store: Store;
  events: Events;
  eventKeys: EventKeys;
  keysOf: PictureKeysOf;
}): CloudContentsReader {
  const { store, events, eventKeys, keysOf } = deps;

  return {
    of: (contentsId) => {
      const row = store.cloudGalleries.findByContents(contentsId);
      const event = row && events.get(row.eventId);
      const sealer = event && eventKeys.sealerOf(event.id);
      if (row === undefined || event === undefined || sealer?.ok !== true) return undefined;
      const content = unsealGallery(sealer.value, row);
      if (content === undefined) return undefined;
      const { uid: eventUid, settings, state } = event;
      const { name, accent, timeZone, may } = settings;

      const cloudPhotoOf = (photo: ShownPhoto): CloudGallery['photos'][number] => {
        const { sha256, ...shown } = photoFor(photo);
        const extension = store.photos.find(photo.id)?.extension ?? '';
        const { original, ...pictures } = keysOf({ eventUid, sha256, extension });
        return { ...shown, ...pictures, ...(may.download && may.originalSize ? { original } : {}) };
      };
      return {
        gallery: {
          version: 1,
          event: { name, accent },
          language: content.language,
          expiresAt: endOfDay(timeZone, row.expiresOn).toISOString(),
          mayDownload: may.download,
          isLive: state === 'open',
          photos: shownIn(store, event.id, content).map(cloudPhotoOf),
        },
        key: Buffer.from(content.key, 'base64'),
        place: contentsPath(row.days, row.contentsId),
      };
    },
  };
}
