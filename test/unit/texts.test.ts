import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultText, noteText, printable } from '../../main/cli/texts.ts';
import { faultCodes, noteCodes } from '../../preload/index.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import fr from '../../resources/locales/fr.json' with { type: 'json' };

describe.each([
  ['en', en],
  ['fr', fr],
] as const)('texts in %s', (language, locale) => {
  it('has a sentence for every fault, and none for a fault that there is not', () => {
    expect(Object.keys(locale.fault).sort()).toEqual([...faultCodes].sort());
    for (const code of faultCodes) expect(faultText({ code }, language)).toMatch(/^[A-ZÀ-Ü].+/);
  });

  it('has a sentence for every note, and none for a note that there is not', () => {
    expect(Object.keys(locale.note).sort()).toEqual([...noteCodes].sort());
    for (const code of noteCodes) expect(noteText(code, language)).toMatch(/^[A-ZÀ-Ü].+/);
  });

  it('says different things of different faults', () => {
    const texts = [...Object.values(locale.fault), ...Object.values(locale.note)];
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('printable', () => {
  const control = /[\p{Cc}\u2028\u2029]/u;

  it('lets no line break and no terminal command through', () => {
    expect(printable('a\nb\u001b[31m.jpg')).toBe('a\\nb\\u001b[31m.jpg');
    // The 8-bit forms: U+009B begins a command just as ESC [ does.
    expect(printable('\u009b31m.jpg')).toBe('\\u009b31m.jpg');
    expect(printable('a\u007f\u2028b.jpg')).toBe('a\\u007f\\u2028b.jpg');
    const nasty = fc.string({
      unit: fc
        .oneof(fc.integer({ min: 0, max: 0x9f }), fc.integer({ min: 0x2020, max: 0x2030 }))
        .map((code) => String.fromCodePoint(code)),
    });
    fc.assert(
      fc.property(nasty, (name) => {
        expect(printable(name)).not.toMatch(control);
      }),
    );
  });

  it('leaves every other name as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        fc.pre(!control.test(name));
        expect(printable(name)).toBe(name);
      }),
    );
    expect(printable('été 📷 日本.jpg')).toBe('été 📷 日本.jpg');
  });
});
