import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../preload/index.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import fr from '../../resources/locales/fr.json' with { type: 'json' };
// Only its type: the guests' window carries none of the crew's texts.
import type staff from '../../resources/locales/staff/fr.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof fr; staff: typeof staff };
  }
}

/**
 * Every text of a window, in both languages and at once; a window hands them to its screens with I18nextProvider.
 *
 * @param more texts that not every window has, by their namespace
 */
export const createTexts = (language: Language, more: Partial<Record<Language, Record<string, object>>> = {}): i18n => {
  const texts = i18next.createInstance({
    lng: language,
    resources: { fr: { translation: fr, ...more.fr }, en: { translation: en, ...more.en } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  void texts.use(initReactI18next).init();
  return texts;
};

/** What a language calls itself. */
export const languageNames: Record<Language, string> = { fr: fr.languageName, en: en.languageName };
