// What the page of a cloud gallery makes of a bucket; what is sealed there was sealed by Node's own cryptography.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newKey, seal } from '../../main/core/keys/cipher.ts';
import {
  doorOfCode,
  doorOfToken,
  galleryFragment,
  openSealed,
  type CloudGallery,
  type CloudPhoto,
} from '../../preload/index.ts';
import { createBucket, type Bucket } from '../../renderer/phone/cloud/bucket.ts';
import { bucketAlbum } from '../../renderer/phone/cloud/bucketAlbum.ts';
import { claimCodeOf, isClaimCode } from '../../renderer/phone/cloud/claimCode.ts';
import { createClaim } from '../../renderer/phone/cloud/createClaim.ts';
import {
  awaitedMs,
  createCloudGallery,
  lostMs,
  newPhotosMs,
  type CloudGalleryState,
} from '../../renderer/phone/cloud/createCloudGallery.ts';
import { doorOfLink, findDoor, type Door } from '../../renderer/phone/cloud/door.ts';
import { pageOf } from '../../renderer/phone/cloud/pageOf.ts';
import { isCloudGallery } from '../../renderer/phone/cloud/parse.ts';
import { readGallery, type GalleryReading } from '../../renderer/phone/cloud/readGallery.ts';
import {
  doorOf,
  putGallery,
  secretOfCode,
  secretOfToken,
  sealedObject,
  type Objects,
} from '../fixtures/cloudGallery.ts';

const token = 'AbCdEfGhIjKlMnOpQrStU-';
const code = 'K7QD9X2MA0B1';
const origin = 'https://bucket.example';

const photo = (id: number): CloudPhoto => ({
  ...{ id, width: 3, height: 2, takenAt: '2026-06-13T22:12:00' },
  ...{ thumbnail: `t/${String(id)}.jpg`, screen: `s/${String(id)}.jpg` },
});
const galleryOf = (ids: readonly number[], changes: Partial<CloudGallery> = {}): CloudGallery => ({
  version: 1,
  event: { name: 'Été', accent: '#f2573d' },
  ...{ language: 'fr', expiresAt: '2026-07-01T00:00:00Z', mayDownload: true, isLive: true },
  photos: ids.map(photo),
  ...changes,
});

/** A bucket in memory, read through the page's own reader. */
function memory(): { lying: Map<string, string>; objects: Objects; bucket: Bucket; statusOf: Map<string, number> } {
  const lying = new Map<string, string>();
  const statusOf = new Map<string, number>();
  const objects: Objects = {
    put: (key, bytes) => {
      lying.set(key, typeof bytes === 'string' ? bytes : '');
      return Promise.resolve();
    },
    remove: (key) => {
      lying.delete(key);
      return Promise.resolve();
    },
  };
  const bucket = createBucket((address) => {
    const key = decodeURIComponent(new URL(address as string).pathname.replace('/booth-1/', ''));
    const status = statusOf.get(key) ?? (lying.has(key) ? 200 : 404);
    return Promise.resolve(new Response(lying.get(key) ?? '<Error/>', { status }));
  }, `${origin}/booth-1/g#30.${token}`);
  return { lying, objects, bucket, statusOf };
}

describe('a door', () => {
  it('is the same to the page as to whoever writes it', async () => {
    for (const [keys, secret] of [
      [await doorOfToken(token), secretOfToken(token)],
      [await doorOfCode(code), secretOfCode(code)],
    ] as const) {
      const { id, key } = doorOf(secret);
      expect(keys.id).toBe(id);
      expect(Buffer.from(keys.key).equals(key)).toBe(true);
    }
  });

  it('opens with its own key at its own place, whole, and else stays closed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.string(),
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        async (plain, place, at, bit) => {
          const [key, other] = [newKey(), newKey()].map((bytes) => Uint8Array.from(bytes));
          const sealed = seal(Buffer.from(key), place, Buffer.from(plain));
          const text = sealed.toString('base64');
          expect(await openSealed(key, place, text)).toBe(Buffer.from(plain).toString());
          expect(await openSealed(other, place, text)).toBeUndefined();
          expect(await openSealed(key, `${place}/`, text)).toBeUndefined();
          sealed[at % sealed.byteLength] ^= 1 << bit;
          expect(await openSealed(key, place, sealed.toString('base64'))).toBeUndefined();
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is found by a code in whichever folder it lies, or told from a line that is down', async () => {
    const { objects, bucket, statusOf, lying } = memory();
    lying.set('gallery/days.json', '[7,30,"x",-1]');
    const { doorKeys } = await putGallery(objects, { photos: [], code, days: 30 });
    expect(await findDoor(bucket, code)).toMatchObject({ kind: 'found', door: { path: doorKeys[0] } });
    expect(await findDoor(bucket, 'K7QD9X2MA0B2')).toEqual({ kind: 'missing' });
    statusOf.set(doorKeys[0] ?? '', 503);
    expect(await findDoor(bucket, code)).toEqual({ kind: 'lost' });
    lying.set('gallery/days.json', '<html>Wi-Fi de l’hôtel</html>');
    expect(await findDoor(bucket, code)).toEqual({ kind: 'lost' });
  });
});

describe('a gallery in the bucket', () => {
  it('is read through its door, and is missing where any of it is', async () => {
    const { objects, bucket, lying, statusOf } = memory();
    const { contentsKey, doorKeys } = await putGallery(objects, { photos: [], token, days: 30 });
    const doorKey = doorKeys[0] ?? '';
    const door = await doorOfLink(30, token);
    expect(door.path).toBe(doorKey);
    expect(await readGallery(bucket, door)).toMatchObject({ kind: 'found', gallery: { language: 'fr', photos: [] } });

    const contents = lying.get(contentsKey) ?? '';
    lying.delete(contentsKey);
    expect(await readGallery(bucket, door)).toEqual({ kind: 'missing' });
    // Another's contents in its place.
    lying.set(contentsKey, sealedObject(newKey(), contentsKey, galleryOf([])));
    expect(await readGallery(bucket, door)).toEqual({ kind: 'missing' });
    lying.set(contentsKey, contents);
    for (const status of [403, 404]) {
      statusOf.set(doorKey, status);
      expect(await readGallery(bucket, door)).toEqual({ kind: 'missing' });
    }
    statusOf.clear();
    for (const strange of [
      '<html>',
      '{}',
      '{"version":1,"sealed":"AAAA"}',
      '{"version":1,"sealed":"%"}',
      'null',
      '[]',
    ]) {
      lying.set(doorKey, strange);
      expect([strange, await readGallery(bucket, door)]).toEqual([strange, { kind: 'lost' }]);
    }
    // Whoever holds the key, and writes what no booth would.
    for (const content of [{}, { contents: contentsKey, key: 'AAAA' }, { contents: 1, key: 'AAAA' }, null]) {
      lying.set(doorKey, sealedObject(Buffer.from(door.key), doorKey, content));
      expect(await readGallery(bucket, door)).toEqual({ kind: 'missing' });
    }
  });

  it('is one only with all that the page relies on', () => {
    const good = galleryOf([1, 2]);
    expect(isCloudGallery(good)).toBe(true);
    const without: [string, unknown][] = [
      ['version', 2],
      ['event', { name: 'x', accent: 'red' }],
      ['language', 'de'],
      ['expiresAt', 'soon'],
      ['mayDownload', 1],
      ['isLive', undefined],
      ['photos', [{ ...photo(1), screen: undefined }]],
      ['photos', [{ ...photo(1), height: 0 }]],
      ['photos', {}],
    ];
    for (const [field, value] of without)
      expect([field, isCloudGallery({ ...good, [field]: value })]).toEqual([field, false]);
  });

  it('has its pictures beside the page, whatever their keys say, and gives a file a name that sorts', () => {
    const { bucket } = memory();
    expect(bucket.addressOf('events/a b/x.jpg')).toBe(`${origin}/booth-1/events/a%20b/x.jpg`);
    for (const key of ['https://elsewhere.example/x', '//elsewhere.example/x', 'javascript:1', '?x#y']) {
      const { href, search, hash } = new URL(bucket.addressOf(key));
      expect([key, href.startsWith(`${origin}/booth-1/`), search + hash]).toEqual([key, true, '']);
    }
    const photos = [photo(1), { ...photo(2), original: 'p/2.cr3' }];
    const { pictureOf, fileOf } = bucketAlbum(photos, (key) => key);
    expect([pictureOf(photo(1), 'thumbnail'), pictureOf(photo(2), 'screen')]).toEqual(['t/1.jpg', 's/2.jpg']);
    expect(fileOf(photo(1))).toEqual({ href: 's/1.jpg', name: '2026-06-13 22.12.00 (1).jpg' });
    expect(fileOf(photo(2))).toEqual({ href: 'p/2.cr3', name: '2026-06-13 22.12.00 (2).cr3' });
  });
});

describe('what is typed or pasted', () => {
  it('is a link by what follows the page’s address, and else there is a code', () => {
    expect(pageOf({ hash: `#${galleryFragment(30, token)}` })).toEqual({ at: 'link', days: 30, token });
    for (const hash of ['', '#', '#30', `#0.${token}`, `#30.${token}x`, `#x.${token}`, `#30.${token.slice(1)}`]) {
      expect([hash, pageOf({ hash })]).toEqual([hash, { at: 'code' }]);
    }
  });

  it('is a claim code in small letters, with hyphens, and with the letters that look like figures', () => {
    expect(claimCodeOf(' k7qd-9x2m-aObl ')).toBe('K7QD9X2MA0B1');
    expect(claimCodeOf('K7QDi')).toBe('K7QD1');
    expect(isClaimCode(code)).toBe(true);
    for (const none of ['K7QD9X2MA0BU', 'K7QD9X2MA0B', '']) expect(isClaimCode(none)).toBe(false);
  });
});

describe('a claim', () => {
  const door: Door = { path: 'd', key: new Uint8Array(32) };
  const tabOf = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    } as Storage;
  };

  it('opens again in the same tab, until it is left', async () => {
    const tab = tabOf();
    const claimIn = () => createClaim({ findDoor: () => Promise.resolve({ kind: 'found', door }), storage: () => tab });
    const first = claimIn();
    await first.reopen();
    expect(first.store.getState().at).toBe('open');
    await first.open(code);
    expect(first.store.getState()).toEqual({ at: 'opened', door });
    const reloaded = claimIn();
    await reloaded.reopen();
    expect(reloaded.store.getState().at).toBe('opened');
    reloaded.leave();
    const after = claimIn();
    await after.reopen();
    expect(after.store.getState()).toEqual({ at: 'open', problem: undefined });
  });

  it('says whether the code or the line is what is wrong, and keeps neither', async () => {
    const tab = tabOf();
    let asked = 0;
    let kind: 'missing' | 'lost' = 'missing';
    const claim = createClaim({ findDoor: () => Promise.resolve((asked++, { kind })), storage: () => tab });
    await claim.open(code);
    expect(claim.store.getState()).toEqual({ at: 'open', problem: 'wrong' });
    kind = 'lost';
    await claim.open(code);
    expect(claim.store.getState()).toEqual({ at: 'open', problem: 'lost' });
    // There is no such code, so that nothing is stretched for it.
    await claim.open('K7QD9X2MA0BU');
    expect([claim.store.getState(), asked]).toEqual([{ at: 'open', problem: 'wrong' }, 2]);
    await claim.reopen();
    expect(asked).toBe(2);
  });

  it('opens in a browser that keeps nothing', async () => {
    const claim = createClaim({
      findDoor: () => Promise.resolve({ kind: 'found', door }),
      storage: () => {
        throw new Error('SecurityError');
      },
    });
    await claim.reopen();
    await claim.open(code);
    expect(claim.store.getState().at).toBe('opened');
  });
});

describe('a gallery that is looked at', () => {
  let reading: GalleryReading;
  let reads: number;
  let ended: number;
  let visibility: DocumentVisibilityState;
  let page: EventTarget;
  const look = () => {
    const gallery = createCloudGallery({
      read: () => Promise.resolve((reads++, reading)),
      page: page as Document,
      now: Date.now,
      onLanguage: () => undefined,
      onEnded: () => (ended += 1),
    });
    return { state: (): CloudGalleryState => gallery.store.getState(), stop: gallery.follow() };
  };
  const turn = async (to: DocumentVisibilityState) => {
    visibility = to;
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
  };

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-06-14T00:00:00Z') });
    [reads, ended, visibility] = [0, 0, 'visible'];
    page = Object.defineProperty(new EventTarget(), 'visibilityState', { get: () => visibility });
    reading = { kind: 'found', gallery: galleryOf([1]) };
  });
  afterEach(() => vi.useRealTimers());

  it('is read every minute, and says what has come', async () => {
    const { state, stop } = look();
    await vi.advanceTimersByTimeAsync(0);
    expect(state()).toMatchObject({ at: 'shown', isTelling: false });
    reading = { kind: 'found', gallery: galleryOf([2, 1]) };
    await vi.advanceTimersByTimeAsync(newPhotosMs);
    expect(state()).toMatchObject({ at: 'shown', fresh: [2], isTelling: true });
    await vi.advanceTimersByTimeAsync(newPhotosMs);
    expect([state(), reads]).toMatchObject([{ fresh: [2], isTelling: false }, 3]);
    stop();
    await vi.advanceTimersByTimeAsync(10 * newPhotosMs);
    expect(reads).toBe(3);
  });

  it('is not read while nobody looks, and at once when somebody does again', async () => {
    look();
    await vi.advanceTimersByTimeAsync(0);
    await turn('hidden');
    await vi.advanceTimersByTimeAsync(10 * newPhotosMs);
    expect(reads).toBe(1);
    await turn('visible');
    expect(reads).toBe(2);
    // The page is turned away from while it is being read.
    await vi.advanceTimersByTimeAsync(newPhotosMs - 1);
    vi.advanceTimersByTime(1);
    void turn('hidden');
    await vi.advanceTimersByTimeAsync(10 * newPhotosMs);
    expect(reads).toBe(3);
  });

  it('is awaited where it is not there, and opens by itself', async () => {
    reading = { kind: 'missing' };
    const { state } = look();
    await vi.advanceTimersByTimeAsync(0);
    expect(state().at).toBe('awaited');
    reading = { kind: 'found', gallery: galleryOf([1]) };
    await vi.advanceTimersByTimeAsync(awaitedMs);
    expect([state().at, ended]).toEqual(['shown', 0]);
  });

  it('stays as it is while the line is down', async () => {
    const { state } = look();
    await vi.advanceTimersByTimeAsync(0);
    reading = { kind: 'lost' };
    await vi.advanceTimersByTimeAsync(newPhotosMs);
    expect(state()).toMatchObject({ at: 'shown', isLost: true, contents: { photos: [{ id: 1 }] } });
    reading = { kind: 'found', gallery: galleryOf([1]) };
    await vi.advanceTimersByTimeAsync(lostMs);
    expect(state()).toMatchObject({ at: 'shown', isLost: false });
  });

  it('ends when it is taken away, for good', async () => {
    const { state } = look();
    await vi.advanceTimersByTimeAsync(0);
    reading = { kind: 'missing' };
    await vi.advanceTimersByTimeAsync(newPhotosMs);
    expect([state().at, ended]).toEqual(['ended', 1]);
    await turn('hidden');
    await turn('visible');
    await vi.advanceTimersByTimeAsync(10 * newPhotosMs);
    expect(reads).toBe(2);
  });

  it('ends with its time, with a line or without', async () => {
    const expiresAt = '2026-06-14T00:00:30Z';
    reading = { kind: 'found', gallery: galleryOf([1], { expiresAt }) };
    const { state } = look();
    await vi.advanceTimersByTimeAsync(0);
    expect(state().at).toBe('shown');
    reading = { kind: 'lost' };
    await vi.advanceTimersByTimeAsync(newPhotosMs);
    expect(state().at).toBe('ended');

    reading = { kind: 'found', gallery: galleryOf([1], { expiresAt }) };
    const late = look();
    await vi.advanceTimersByTimeAsync(0);
    expect(late.state().at).toBe('ended');
  });
});
