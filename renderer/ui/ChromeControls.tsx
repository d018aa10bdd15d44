import { useTranslation } from 'react-i18next';
import { useChrome } from './chromeContext.ts';
import styles from './ChromeControls.module.css';
import { ContrastIcon } from './icons.tsx';
import { languageNames } from './texts.ts';

export const ChromeControls = () => {
  const { t } = useTranslation();
  const { language, languages, onLanguage, isHighContrast, onHighContrast } = useChrome();
  return (
    <div className={styles['controls']} role="group" aria-label={t('kiosk.chrome.label')}>
      {languages
        .filter((other) => other !== language)
        .map((other) => (
          <button
            key={other}
            type="button"
            lang={other}
            className={styles['control']}
            onClick={() => {
              onLanguage(other);
            }}
          >
            {languageNames[other]}
          </button>
        ))}
      <button
        type="button"
        className={styles['control']}
        aria-pressed={isHighContrast}
        aria-label={t('kiosk.chrome.contrast')}
        onClick={() => {
          onHighContrast(!isHighContrast);
        }}
      >
        <ContrastIcon />
      </button>
    </div>
  );
};
