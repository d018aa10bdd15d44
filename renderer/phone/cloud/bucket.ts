import { inTime } from '../inTime.ts';

/** What came of asking for an object. */
export type Lying =
  | { kind: 'found'; value: unknown }
  /** There is none of that name. */
  | { kind: 'missing' }
  /** Nobody answered, or not the bucket. */
  | { kind: 'lost' };

export interface Bucket {
  /** Reads an object of JSON. */
  read: (key: string) => Promise<Lying>;
  /** The address of an object. */
  addressOf: (key: string) => string;
}

const limitMs = 20_000;
/** A bucket that lets nobody list it says the second of what is not there. */
const isMissing = (status: number): boolean => status === 404 || status === 403;

/** @param pageAddress of this page, which lies in the bucket itself, beside whatever the bucket's prefix is before */
export const createBucket = (fetch: typeof window.fetch, pageAddress: string): Bucket => {
  const addressOf = (key: string): string =>
    new URL(`./${key.split('/').map(encodeURIComponent).join('/')}`, pageAddress).href;
  return {
    addressOf,
    read: async (key) => {
      try {
        return await inTime(limitMs, async (signal): Promise<Lying> => {
          // Asked for anew each time; what has not changed is not sent again.
          const response = await fetch(addressOf(key), { cache: 'no-cache', credentials: 'omit', signal });
          if (isMissing(response.status)) return { kind: 'missing' };
          return response.ok ? { kind: 'found', value: await response.json() } : { kind: 'lost' };
        });
      } catch {
        // No answer, or one that is no JSON: a hotel's page in the bucket's place.
        return { kind: 'lost' };
      }
    },
  };
};
