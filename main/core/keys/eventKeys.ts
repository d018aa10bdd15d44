import { fail, ok, type Result } from '../../../preload/index.ts';
import type { Store } from '../store/index.ts';
import { newKey, seal, unseal } from './cipher.ts';

/** Seals and opens what belongs to one event, under that event's key. */
export interface Sealer {
  /** @param place what it is and whose: `template/SHA256`, `visit/ID`. It opens at no other */
  seal(place: string, plain: Uint8Array): Buffer;
  /** @returns undefined for what does not open */
  unseal(place: string, sealed: Uint8Array): Buffer | undefined;
}

/** A key for each event, itself kept sealed under the booth's master key. */
export interface EventKeys {
  /**
   * The event's; made where it has none yet.
   * @returns event.unknown, event.key-erased, keys.lost for a key that the master key does not open, or a library.* fault
   */
  sealerOf(eventId: number): Result<Sealer>;
  /** The key itself, for whoever wraps it for a journey. */
  keyOf(eventId: number): Result<Buffer>;
  /** Wraps a key that came from elsewhere for the event of this uid. */
  wrap(uid: string, key: Buffer): Buffer;
  /** From now on nothing that was sealed under it can be read by anybody. */
  erase(eventId: number): Result<void>;
}

const placeOf = (uid: string): string => `event-key/${uid}`;

export function createEventKeys({ store, masterKey }: { store: Store; masterKey: Buffer }): EventKeys {
  const known = new Map<number, { uid: string; key: Buffer }>();

  function open(eventId: number): Result<{ uid: string; key: Buffer }> {
    const open = known.get(eventId);
    if (open !== undefined) return ok(open);
    const event = store.events.get(eventId);
    if (event === undefined) return fail('event.unknown');
    if (event.keyErasedAt !== undefined) return fail('event.key-erased');
    const { uid } = event;
    const sealed = store.events.sealedKeyOf(eventId);
    const key = sealed === undefined ? newKey() : unseal(masterKey, placeOf(uid), sealed);
    if (key === undefined) return fail('keys.lost', event.code);
    if (sealed === undefined) {
      const stored = store.events.setSealedKey(eventId, seal(masterKey, placeOf(uid), key));
      if (!stored.ok) return stored;
    }
    const opened = { uid, key };
    known.set(eventId, opened);
    return ok(opened);
  }

  return {
    sealerOf: (eventId) => {
      const opened = open(eventId);
      if (!opened.ok) return opened;
      const { uid, key } = opened.value;
      // Whoever still holds a sealer of a key that was erased must not seal with what it was overwritten with.
      const isKept = () => known.get(eventId)?.key === key;
      return ok({
        seal: (place, plain) => {
          if (!isKept()) throw new Error('nothing is sealed under a key that was erased');
          return seal(key, `${uid}/${place}`, plain);
        },
        unseal: (place, sealed) => (isKept() ? unseal(key, `${uid}/${place}`, sealed) : undefined),
      });
    },
    keyOf: (eventId) => {
      const opened = open(eventId);
      return opened.ok ? ok(opened.value.key) : opened;
    },
    wrap: (uid, key) => seal(masterKey, placeOf(uid), key),
    erase: (eventId) => {
      known.get(eventId)?.key.fill(0);
      known.delete(eventId);
      return store.events.eraseKey(eventId);
    },
  };
}
