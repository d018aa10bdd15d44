import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Language } from '../../preload/index.ts';

export interface LanguageState {
  language: Language;
  /** Those of the event; one alone is no choice. */
  offered: readonly Language[];
}

export interface SpokenLanguage {
  store: StoreApi<LanguageState>;
  current: () => Language;
  /** By the guest, which nothing overrules. */
  choose: (language: Language) => void;
  /** Tells the event's languages, its own first. */
  offer: (languages: readonly Language[]) => void;
  /** Tells the language of the guest's gallery, for a phone that speaks none of the event's. */
  fallBackTo: (language: Language) => void;
}

/** Of all that the pages' texts are written in. */
export const builtIn: readonly Language[] = ['fr', 'en'];

/** The first of the phone's languages that is offered. @param spoken BCP 47, as in `navigator.languages` */
export const languageOf = (spoken: readonly string[], offered: readonly Language[]): Language | undefined => {
  for (const tag of spoken) {
    const found = offered.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Which language the pages speak: the guest's choice, else the phone's, else the gallery's, else the event's. */
export const createLanguage = (spoken: readonly string[]): SpokenLanguage => {
  let chosen: Language | undefined;
  let ofGallery: Language | undefined;

  const decide = (offered: readonly Language[]): LanguageState => {
    const possible = offered.length === 0 ? builtIn : offered;
    const wanted = [chosen, languageOf(spoken, possible), ofGallery, ...possible];
    const language = wanted.find((each) => each !== undefined && possible.includes(each)) ?? 'fr';
    return { offered, language };
  };

  const store = createStore<LanguageState>(() => decide([]));
  const update = (): void => {
    store.setState(decide(store.getState().offered));
  };
  return {
    store,
    current: () => store.getState().language,
    choose: (language) => {
      chosen = language;
      update();
    },
    offer: (languages) => {
      store.setState(decide(languages));
    },
    fallBackTo: (language) => {
      ofGallery = language;
      update();
    },
  };
};
