import { describe, expect, it } from 'vitest';
import en from '../../resources/locales/en.json' with { type: 'json' };
import fr from '../../resources/locales/fr.json' with { type: 'json' };

interface Texts {
  [key: string]: string | Texts;
}

const sentencesOf = (texts: Texts, path = ''): [key: string, sentence: string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : sentencesOf(value, `${path}${key}.`),
  );

const placeholdersOf = (sentence: string): string[] => [...sentence.matchAll(/\{\{.*?\}\}/g)].map(String).sort();

describe('the kiosk’s texts', () => {
  const french = sentencesOf(fr.kiosk);
  const english = new Map(sentencesOf(en.kiosk));

  it('say the same things in both languages, with the same values in them', () => {
    expect(french.map(([key]) => key).sort()).toEqual([...english.keys()].sort());
    for (const [key, sentence] of french) {
      expect([key, placeholdersOf(english.get(key) ?? '')]).toEqual([key, placeholdersOf(sentence)]);
    }
  });

  it('are typeset: apostrophes that curl, ellipses of one character, narrow spaces in French', () => {
    for (const [, sentence] of [...french, ...english]) {
      expect(sentence).not.toMatch(/['"]|\.\.\.| {2}|^\s|\s$/);
    }
    for (const [, sentence] of french) expect(sentence.replaceAll(/\{\{.*?\}\}/g, '')).not.toMatch(/[^\u202f][;:!?]/);
  });

  it('never speak of errors', () => {
    for (const [, sentence] of [...french, ...english]) expect(sentence).not.toMatch(/erreur|error|échec|failed/i);
  });
});
