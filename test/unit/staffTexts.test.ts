import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { eventStates, noticeCodes, printAccesses, setupSteps } from '../../preload/index.ts';
import { orderStates } from '../../renderer/staff/prints/orderState.ts';
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

  it('have a sentence for every state of an order and for what it takes to print', () => {
    expect(Object.keys(fr.prints.orderStates).sort()).toEqual([...orderStates].sort());
    expect(Object.keys(fr.events.print.accesses)).toEqual([...printAccesses]);
    expect(Object.keys(fr.events.print.accessHints)).toEqual([...printAccesses]);
  });

  it.each(['fr', 'en'])('have a sentence for whatever is done about prints (%s)', (lng) => {
    const texts = createInstance({ lng, resources: { fr: { staff: fr }, en: { staff: en } }, initAsync: false });
    void texts.init();
    for (const action of printActions) {
      // The journal gives the figure, and 0 where an action has none.
      for (const count of [0, 1, 2]) expect(texts.exists(`actions.${action}`, { ns: 'staff', count })).toBe(true);
    }
  });
});

const printActions = [
  ...['print.ordered', 'print.cancelled', 'print.paid', 'print.again', 'print.sent', 'print.answered'],
  ...['printer.paused', 'printer.resumed', 'printer.used', 'printer.unused', 'vouchers.made', 'voucher.removed'],
];
