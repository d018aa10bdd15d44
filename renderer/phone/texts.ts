import type { Language } from '../../preload/index.ts';
import en from '../../resources/locales/phone/en.json' with { type: 'json' };
import fr from '../../resources/locales/phone/fr.json' with { type: 'json' };

// The same form of texts as in the windows ({{name}}, _one and _other), without the library: that alone would be a fifth of what a phone loads.

type Texts = typeof fr;
type Values = Readonly<Record<string, string | number>>;
/** `group.name`, of a sentence with a count without its _one or _other. */
export type TextKey = {
  [Group in keyof Texts]: Texts[Group] extends string ? Group : `${Group}.${NameOf<keyof Texts[Group] & string>}`;
}[keyof Texts];
type NameOf<Key extends string> = Key extends `${infer Name}_one` | `${infer Name}_other` ? Name : Key;

export interface Formats {
  /** 'YYYY-MM-DDTHH:MM:SS' of the event's place: the day of the week and the time. */
  moment: (takenAt: string) => string;
  /** A moment as the phone's own day. */
  day: (instant: string) => string;
}

export interface Speech extends Formats {
  language: Language;
  t: (key: TextKey, values?: Values) => string;
}

const locales: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };
/** What a language calls itself. */
export const languageNames: Record<Language, string> = { fr: fr.languageName, en: en.languageName };

const sentencesOf = (texts: Texts): Map<string, string> =>
  new Map(
    Object.entries(texts).flatMap(([group, value]): [string, string][] =>
      typeof value === 'string'
        ? [[group, value]]
        : Object.entries(value).map(([name, sentence]) => [`${group}.${name}`, sentence]),
    ),
  );

const speechIn = (language: Language, texts: Texts): Speech => {
  const locale = locales[language];
  const sentences = sentencesOf(texts);
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  // Read and shown as UTC, so that no clock's zone shifts them.
  const moments = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    hour: 'numeric',
    minute: '2-digit',
  });
  const days = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });

  const sentenceOf = (key: string, count: number | string | undefined): string => {
    const form = typeof count === 'number' ? (plurals.select(count) === 'one' ? 'one' : 'other') : undefined;
    return sentences.get(`${key}_${form ?? ''}`) ?? sentences.get(key) ?? key;
  };
  return {
    language,
    moment: (takenAt) => moments.format(new Date(`${takenAt}Z`)),
    day: (instant) => days.format(new Date(instant)),
    t: (key, values = {}) =>
      sentenceOf(key, values['count']).replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
        const value = values[name] ?? '';
        return typeof value === 'number' ? numbers.format(value) : value;
      }),
  };
};

/** Everything that is said in a language. */
export const speeches: Record<Language, Speech> = { fr: speechIn('fr', fr), en: speechIn('en', en) };
