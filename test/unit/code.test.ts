import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeLengthFor, codeOf, newCode } from '../../main/core/guests/code.ts';

// Douglas Crockford's, without I, L, O and U.
const alphabet = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');

const codeOfLength = (length: number) =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
    .map((characters) => characters.join(''));
/** Of both lengths: what was given before a booth had galleries in the cloud opens afterwards. */
const code = fc.constantFrom(8, 12).chain(codeOfLength);

/** The ways in which people write one character of a code. */
const writtenAs = (character: string): string[] => {
  const alike: Record<string, string[]> = { 0: ['0', 'O', 'o'], 1: ['1', 'I', 'i', 'L', 'l'] };
  return alike[character] ?? [character, character.toLowerCase()];
};

describe('a new code', () => {
  it('is twelve characters where it opens a gallery in the cloud', () => {
    const made = newCode(codeLengthFor(true));
    expect(made).toMatch(new RegExp(`^[${alphabet.join('')}]{12}$`));
    expect(codeOf(made)).toBe(made);
    expect(newCode(codeLengthFor(false))).toHaveLength(8);
  });

  it('is eight characters that nobody takes for others, and is its own reading', () => {
    for (let i = 0; i < 1000; i++) {
      const made = newCode();
      expect(made).toMatch(new RegExp(`^[${alphabet.join('')}]{8}$`));
      expect(codeOf(made)).toBe(made);
    }
  });

  it('has every character as often as any other in every place', () => {
    const codes = 20_000;
    const counts = new Map<string, number>();
    for (let i = 0; i < codes; i++) {
      Array.from(newCode()).forEach((character, place) => {
        const key = `${String(place)}${character}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      });
    }
    expect(counts.size).toBe(8 * alphabet.length);
    const expected = codes / alphabet.length;
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 8 * 31 degrees of freedom: beyond 400 once in a hundred million runs.
    expect(chiSquared).toBeLessThan(400);
  });
});

describe('what somebody types', () => {
  it('is the code that they meant: small letters, spaces, hyphens, O for 0, I and L for 1', () => {
    const typed = code.chain((meant) =>
      fc.record({
        meant: fc.constant(meant),
        characters: fc.tuple(...Array.from(meant, (character) => fc.constantFrom(...writtenAs(character)))),
        gaps: fc.array(fc.constantFrom('', '', ' ', '-', ' - '), { minLength: 13, maxLength: 13 }),
      }),
    );
    fc.assert(
      fc.property(typed, ({ meant, characters, gaps }) => {
        const text = gaps.map((gap, i) => gap + (characters.at(i) ?? '')).join('');
        expect(codeOf(text)).toBe(meant);
      }),
    );
  });

  it('is never a code of other characters, or of another length', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 16 }),
      fc.string({ unit: fc.constantFrom(...alphabet, ...Array.from('uoil- ßıſ')), maxLength: 16 }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(codeOf(text) ?? '00000000').toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{8}|[0-9A-HJKMNP-TV-Z]{12})$/);
      }),
    );
    for (const text of [
      '',
      '1234567',
      '123456789',
      '1234567U',
      '1234 567!',
      '12345678\n9',
      '12345678901',
      '1234567890123',
    ]) {
      expect(codeOf(text)).toBeUndefined();
    }
  });
});
