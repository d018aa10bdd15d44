import { describe, expect, it } from 'vitest';
import { languageOf, refusalOf } from '../../main/core/delivery/refusals.ts';
import { faultCodes, languages, refusalSchema } from '../../preload/index.ts';

describe('a refusal', () => {
  it.each(languages)('has words for everything that can go wrong: %s', (language) => {
    for (const code of faultCodes) {
      const refusal = refusalSchema.parse(refusalOf({ code }, language));
      expect(refusal.code).toBe(code);
      expect(refusal.message.trim(), code).not.toBe('');
    }
  });

  it('has other words in another language', () => {
    const same = faultCodes.filter((code) => refusalOf({ code }, 'fr').message === refusalOf({ code }, 'en').message);
    expect(same).toEqual([]);
  });

  it('tells a guest nothing but the code and the sentence', () => {
    const fault = { code: 'photo.unreadable', detail: '/home/booth/photos/1.jpg' } as const;
    expect(Object.keys(refusalOf(fault, 'fr')).sort()).toEqual(['code', 'message']);
  });
});

describe('the language of a phone', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['fr', 'fr'],
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    ['FR-fr', 'fr'],
    ['de-DE, fr;q=0.7, en;q=0.3', 'fr'],
    ['de,es', 'en'],
    ['en-GB,fr;q=0.9', 'en'],
    [',,;;q=;=', 'en'],
  ])('%s is answered in %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
