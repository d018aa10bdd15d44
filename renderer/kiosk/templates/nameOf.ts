import type { Language, TemplateLook } from '../../../preload/index.ts';

/** A template's name in the guest's language, or in the first that it has one in. */
export const nameOf = ({ name, id }: TemplateLook, language: Language): string =>
  name[language] ?? Object.values(name).at(0) ?? id;
