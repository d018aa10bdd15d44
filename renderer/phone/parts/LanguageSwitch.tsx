import { useStore } from 'zustand';
import type { SpokenLanguage } from '../language.ts';
import { useSpeech } from '../speech.ts';
import { languageNames } from '../texts.ts';
import styles from './LanguageSwitch.module.css';

export const LanguageSwitch = ({ spoken }: { spoken: SpokenLanguage }) => {
  const { t } = useSpeech();
  const { language, offered } = useStore(spoken.store);
  if (offered.length < 2) return null;
  return (
    <div className={styles['switch']} role="group" aria-label={t('page.language')}>
      {offered.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          className={styles['language']}
          aria-label={`${each.toUpperCase()}, ${languageNames[each]}`}
          aria-pressed={each === language}
          onClick={() => {
            spoken.choose(each);
          }}
        >
          {each.toUpperCase()}
        </button>
      ))}
    </div>
  );
};
