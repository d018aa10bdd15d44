import type { CloudContents } from '../../preload/index.ts';
import { createCloudContents, createVisitResults } from './guests/index.ts';
import type { Core } from './index.ts';
import { sealSteadily } from './keys/index.ts';
import { derivativeKey, photoKey, type GuestContents } from './sync/index.ts';

/** What the cloud is brought of guests: what the guests' room knows, in the sync's places. */
export function createGuestContents(core: Pick<Core, 'store' | 'events' | 'eventKeys'>): GuestContents {
  const results = createVisitResults(core);
  const galleries = createCloudContents({
    ...core,
    keysOf: ({ eventUid, sha256, extension }) => ({
      thumbnail: derivativeKey(eventUid, sha256, 'thumbnail'),
      screen: derivativeKey(eventUid, sha256, 'screen'),
      original: photoKey(eventUid, sha256, extension),
    }),
  });
  return {
    factsOf: (visitId) => results.factsOf(visitId),
    resultOf: (visitId) => results.of(visitId),
    contentsOf: (contentsId) => {
      const found = galleries.of(contentsId);
      if (found === undefined) return undefined;
      // The same gallery is the same object, however often it is brought there.
      const sealed = sealSteadily(found.key, found.place, Buffer.from(JSON.stringify(found.gallery)));
      const contents: CloudContents = { version: 1, sealed: sealed.toString('base64') };
      return contents;
    },
  };
}
