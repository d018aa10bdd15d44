import { describe, expect, it } from 'vitest';
import { speeches } from '../../renderer/phone/texts.ts';
import en from '../../resources/locales/phone/en.json' with { type: 'json' };
import fr from '../../resources/locales/phone/fr.json' with { type: 'json' };

interface Texts {
  [key: string]: string | Texts;
}

const sentencesOf = (texts: Texts, before = ''): [key: string, sentence: string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value]] : sentencesOf(value, `${before}${key}.`),
  );
const holesOf = (sentence: string): string[] => [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([hole]) => hole).sort();

const french = sentencesOf(fr);
const english = sentencesOf(en);

describe('the texts of the phone’s pages', () => {
  it('are the same in both languages, with the same holes, and none is empty', () => {
    expect(english.map(([key]) => key)).toEqual(french.map(([key]) => key));
    const inEnglish = new Map(english);
    for (const [key, sentence] of french) {
      expect(sentence.trim()).not.toBe('');
      expect([key, holesOf(inEnglish.get(key) ?? '')]).toEqual([key, holesOf(sentence)]);
    }
  });

  it('are typeset: apostrophes that curl, ellipses of one character, narrow spaces in French', () => {
    for (const [, sentence] of [...french, ...english]) expect(sentence).not.toMatch(/['"]|\.\.\.| {2}|^\s|\s$/);
    for (const [, sentence] of french) expect(sentence.replaceAll(/\{\{.*?\}\}/g, '')).not.toMatch(/[^\u202f][;:!?]/);
  });

  it('never speak of errors', () => {
    for (const [, sentence] of [...french, ...english]) expect(sentence).not.toMatch(/erreur|error|échec|failed/i);
  });

  it('have both forms of what is counted', () => {
    const keys = new Set(french.map(([key]) => key));
    for (const key of keys) {
      const other = key.endsWith('_one') ? key.replace(/_one$/, '_other') : key.replace(/_other$/, '_one');
      expect(keys).toContain(other);
    }
  });
});

describe('what a phone says', () => {
  it('counts as its language does: in French nothing is one, in English it is many', () => {
    expect(speeches.fr.t('gallery.fresh', { count: 0 })).toBe('Une nouvelle photo');
    expect(speeches.en.t('gallery.fresh', { count: 0 })).toBe('0 new photos');
    expect(speeches.fr.t('gallery.title', { count: 2 })).toBe('2 photos de vous');
    expect(speeches.en.t('gallery.title', { count: 1 })).toBe('One photo of you');
  });

  it('fills in words as they are, and numbers as the language writes them', () => {
    expect(speeches.en.t('viewer.position', { number: 3, total: 1200 })).toBe('3 of 1,200');
    expect(speeches.en.t('gallery.until', { date: '{{date}} $& <b>' })).toBe('This page opens until {{date}} $& <b>.');
  });

  it('tells a photo’s time as it was at the event’s place, wherever the phone believes to be', () => {
    expect(speeches.en.moment('2026-06-13T22:12:00')).toMatch(/^Saturday.*22:12$/);
    expect(speeches.fr.moment('2026-06-13T22:12:00')).toMatch(/^samedi.*22:12$/);
  });
});
