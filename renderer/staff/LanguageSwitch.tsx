import { languages, type Language } from '../../preload/index.ts';
import { DenseButton } from '../dense/index.ts';
import { languageNames } from '../ui/index.ts';

/** The other language, in its own words. */
export const LanguageSwitch = ({
  language,
  onLanguage,
}: {
  language: Language;
  onLanguage: (language: Language) => void;
}) => (
  <>
    {languages
      .filter((other) => other !== language)
      .map((other) => (
        <DenseButton key={other} kind="plain" onPress={() => onLanguage(other)}>
          <span lang={other}>{languageNames[other]}</span>
        </DenseButton>
      ))}
  </>
);
