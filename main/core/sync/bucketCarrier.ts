import type { Carrier } from './carrier.ts';
import type { Contents } from './contents.ts';
import type { GalleryRules } from './galleryRules.ts';
import { keyOf, placeOf } from './keys.ts';
import type { Storage } from './storage.ts';

/** Brings photos, results and galleries to a bucket. */
export function createBucketCarrier(deps: {
  storage: Storage;
  contents: Contents;
  rules: GalleryRules;
  close: () => void;
}): Carrier {
  const { storage, contents, rules, close } = deps;
  return {
    carry: async (row, signal, pace) => {
      if (row.does === 'remove') return { outcome: await storage.remove(keyOf(row)) };
      const found = await contents.contentOf(row);
      signal.throwIfAborted();
      if (!found.ok) {
        return { outcome: { at: 'refused', code: 'cloud.content-missing', detail: found.fault.detail ?? '' } };
      }
      const { object, sizeBytes } = found.value;
      // Nothing lies there that would not go in time, were the booth never to be switched on again.
      const isOfGallery = row.kind === 'gallery' || row.kind === 'door';
      const ruled = isOfGallery ? await rules.ensure(placeOf(row).days) : undefined;
      if (ruled !== undefined && ruled.at !== 'done') return { outcome: ruled };
      // For what went before it without being asked.
      await pace(0);
      return { outcome: await storage.put(object, signal, pace), content: { sha256: object.sha256, sizeBytes } };
    },
    check: () => storage.check(),
    close,
  };
}
