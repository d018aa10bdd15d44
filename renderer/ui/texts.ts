import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../preload/index.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import fr from '../../resources/locales/fr.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof fr };
  }
}

/** Every text of a window, in both languages and at once; a window hands them to its screens with I18nextProvider. */
export const createTexts = (language: Language): i18n => {
  const texts = i18next.createInstance({
    lng: language,
    resources: { fr: { translation: fr }, en: { translation: en } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  void texts.use(initReactI18next).init();
  return texts;
};

/** What a language calls itself. */
export const languageNames: Record<Language, string> = { fr: fr.languageName, en: en.languageName };
