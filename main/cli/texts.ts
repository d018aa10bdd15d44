import en from '../../resources/locales/en.json' with { type: 'json' };
import fr from '../../resources/locales/fr.json' with { type: 'json' };
import type { Fault, NoteCode } from '../../preload/index.ts';

export type Language = 'fr' | 'en';

const locales = { en, fr };

/** A fault as a sentence in the person's language. */
export const faultText = ({ code }: Fault, language: Language): string => locales[language].fault[code];

export const noteText = (code: NoteCode, language: Language): string => locales[language].note[code];

/** A name as it can be printed: a file's name may hold line breaks and terminal commands. */
export const printable = (name: string): string =>
  name.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => shortEscapes.get(character) ?? escaped(character));

const shortEscapes = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
