import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOfCode, seal, unseal, type SecretKeys } from '../../main/core/guests/seal.ts';

const newKeys = (): SecretKeys => ({ lookup: randomBytes(32), key: randomBytes(32) });
const text = fc.string({ unit: 'grapheme', maxLength: 200 });

describe('the keys of a code', () => {
  it('are always the same for a code of an event, and other ones for any other', async () => {
    const [wedding, gala] = [randomBytes(16), randomBytes(16)];
    const keys = await keysOfCode('ABCD2345', wedding);
    expect(keys.lookup).toHaveLength(32);
    expect(keys.key).toHaveLength(32);
    expect(keys.lookup.equals(keys.key)).toBe(false);
    expect(await keysOfCode('ABCD2345', wedding)).toEqual(keys);

    for (const others of [await keysOfCode('ABCD2346', wedding), await keysOfCode('ABCD2345', gala)]) {
      expect(others.lookup.equals(keys.lookup)).toBe(false);
      expect(others.key.equals(keys.key)).toBe(false);
      expect(unseal({ ...others, lookup: keys.lookup }, seal(keys, 'a secret'))).toBeUndefined();
    }
  });
});

describe('what is sealed', () => {
  it('comes back whole with its keys', () => {
    fc.assert(
      fc.property(text, (secret) => {
        const keys = newKeys();
        expect(unseal(keys, seal(keys, secret))).toBe(secret);
      }),
    );
  });

  it('looks different each time, and shows nothing of itself', () => {
    const keys = newKeys();
    const secret = 'a face that nobody else may have';
    const sealed = seal(keys, secret);
    expect(seal(keys, secret).equals(sealed)).toBe(false);
    expect(sealed.includes(secret.slice(0, 8))).toBe(false);
  });

  it('stays closed to another key, and in another place', () => {
    const keys = newKeys();
    const sealed = seal(keys, 'a secret');
    expect(unseal({ ...keys, key: randomBytes(32) }, sealed)).toBeUndefined();
    expect(unseal({ ...keys, lookup: randomBytes(32) }, sealed)).toBeUndefined();
  });

  it('stays closed once any byte of it has been changed', () => {
    const keys = newKeys();
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 1, max: 255 }), (secret, at, change) => {
        const sealed = seal(keys, secret);
        sealed[at % sealed.length] ^= change;
        expect(unseal(keys, sealed)).toBeUndefined();
      }),
    );
  });

  it('stays closed where it has been cut, wherever that is', () => {
    const keys = newKeys();
    const sealed = seal(keys, 'a secret');
    for (let length = 0; length < sealed.length; length++) {
      expect(unseal(keys, sealed.subarray(0, length))).toBeUndefined();
      expect(unseal(keys, sealed.subarray(sealed.length - length))).toBeUndefined();
    }
    // GCM knows tags of four bytes, which could be found by trying.
    const empty = seal(keys, '');
    expect(unseal(keys, empty.subarray(0, 12 + 4))).toBeUndefined();
  });

  it('stays closed where it is something else altogether', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(unseal(newKeys(), Buffer.from(bytes))).toBeUndefined();
      }),
    );
  });
});
