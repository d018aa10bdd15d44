import { createContext, useContext } from 'react';
import type { Language } from '../../preload/index.ts';

/** What can be switched on every screen, always in the same corner. */
export interface ChromeState {
  language: Language;
  /** Those to choose from; with one there is nothing to switch. */
  languages: readonly Language[];
  onLanguage: (language: Language) => void;
  isHighContrast: boolean;
  onHighContrast: (isHighContrast: boolean) => void;
}

export const Chrome = createContext<ChromeState | undefined>(undefined);

/** Throws where no Chrome is given. */
export const useChrome = (): ChromeState => {
  const chrome = useContext(Chrome);
  if (chrome === undefined) throw new Error('a screen needs a Chrome around it');
  return chrome;
};
