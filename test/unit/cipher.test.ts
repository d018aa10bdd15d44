import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newKey, seal, unseal } from '../../main/core/keys/cipher.ts';

const bytes = fc.uint8Array({ maxLength: 300 });

describe('what is sealed', () => {
  it('comes back whole with its key and at its place', () => {
    fc.assert(
      fc.property(bytes, fc.string(), (plain, place) => {
        const key = newKey();
        expect(unseal(key, place, seal(key, place, plain))?.equals(plain)).toBe(true);
      }),
    );
  });

  it('stays closed to another key, at another place, and where a bit of it has changed', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, at, bit) => {
        const key = newKey();
        const sealed = seal(key, 'template/a', plain);
        expect(unseal(newKey(), 'template/a', sealed)).toBeUndefined();
        expect(unseal(key, 'template/b', sealed)).toBeUndefined();
        sealed[at % sealed.byteLength] ^= 1 << bit;
        expect(unseal(key, 'template/a', sealed)).toBeUndefined();
      }),
    );
  });

  it('is refused where it breaks off, its tag too', () => {
    const key = newKey();
    const sealed = seal(key, 'visit/1', randomBytes(40));
    for (let length = 0; length < sealed.byteLength; length++) {
      expect(unseal(key, 'visit/1', sealed.subarray(0, length))).toBeUndefined();
    }
  });

  it('looks different each time', () => {
    const key = newKey();
    expect(seal(key, 'a', Buffer.from('the same')).equals(seal(key, 'a', Buffer.from('the same')))).toBe(false);
  });
});
