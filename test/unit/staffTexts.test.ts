import { describe, expect, it } from 'vitest';
import { eventStates, noticeCodes, setupSteps } from '../../preload/index.ts';
import en from '../../resources/locales/staff/en.json' with { type: 'json' };
import fr from '../../resources/locales/staff/fr.json' with { type: 'json' };

/** Every sentence by its path. */
const sentences = (texts: object, before = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[`${before}${key}`, value]] : sentences(value as object, `${before}${key}/`),
  );

const [french, english] = [sentences(fr), sentences(en)];
const holes = (sentence: string) => [...sentence.matchAll(/\{\{(\w+)/g)].map((match) => match[1]).sort();

describe('the crew’s texts', () => {
  it('are the same in both languages, with the same holes, and none is empty', () => {
    expect(english.map(([key]) => key)).toEqual(french.map(([key]) => key));
    const inEnglish = new Map(english);
    for (const [key, sentence] of french) {
      expect(sentence.trim()).not.toBe('');
      expect([key, holes(inEnglish.get(key) ?? '')]).toEqual([key, holes(sentence)]);
    }
  });

  it('are typeset: apostrophes that curl, ellipses of one character, narrow spaces in French', () => {
    for (const [, sentence] of [...french, ...english]) expect(sentence).not.toMatch(/['"]|\.\.\.| {2}|^\s|\s$/);
    // The wizard greets in both.
    for (const [, sentence] of french.filter(([key]) => key !== 'setup/language/title')) {
      expect(sentence.replaceAll(/\{\{.*?\}\}/g, '')).not.toMatch(/[^\u202f][;:!?]/);
    }
  });

  it('have a sentence for every notice, step and state', () => {
    for (const code of noticeCodes) expect(Object.keys(fr.notices).some((key) => key.startsWith(code))).toBe(true);
    expect(Object.keys(fr.setup)).toEqual(expect.arrayContaining([...setupSteps]));
    expect(Object.keys(fr.events.states).sort()).toEqual([...eventStates].sort());
  });
});
