import { useTranslation } from 'react-i18next';
import { languages, type TemplateLook } from '../../../preload/index.ts';

/** A template's name in the window's language, or in one that it has. */
export function useTemplateName(): (template: TemplateLook) => string {
  const { i18n } = useTranslation();
  return ({ id, name }) => {
    const inOrder = [...languages].sort((a, b) => Number(b === i18n.language) - Number(a === i18n.language));
    return inOrder.map((language) => name[language]).find((one) => one !== undefined) ?? id;
  };
}
