import { useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { languages, type Language } from '../../../preload/index.ts';
import { applyTheme, Chrome, createTexts, Headline } from '../index.ts';
import styles from './Gallery.module.css';
import { Parts } from './Parts.tsx';
import { Tokens } from './Tokens.tsx';

/** A warm one, a deep one, and one that is too pale to be read. */
const accents = ['#f2573d', '#1d4e89', '#fff1a8'] as const;
const texts = createTexts('fr');

export const Gallery = () => {
  const [language, setLanguage] = useState<Language>('fr');
  const [isHighContrast, setHighContrast] = useState(false);
  const [accent, setAccent] = useState<string>(accents[0]);

  useEffect(() => {
    applyTheme(document.documentElement, accent, isHighContrast);
  }, [accent, isHighContrast]);
  useEffect(() => {
    document.documentElement.lang = language;
    void texts.changeLanguage(language);
  }, [language]);

  return (
    <I18nextProvider i18n={texts}>
      <Chrome value={{ language, languages, onLanguage: setLanguage, isHighContrast, onHighContrast: setHighContrast }}>
        <main className={styles['gallery']}>
          <header className={styles['head']} data-tone="paper">
            <Headline>FindMe Kiosk</Headline>
            <div className={styles['row']}>
              {accents.map((colour) => (
                <button
                  key={colour}
                  type="button"
                  className={styles['accent']}
                  aria-pressed={colour === accent}
                  onClick={() => {
                    setAccent(colour);
                  }}
                >
                  {colour}
                </button>
              ))}
            </div>
          </header>
          {(['paper', 'stage', 'lamp'] as const).map((tone) => (
            <section key={tone} className={styles['tone']} data-tone={tone} aria-label={tone}>
              <Tokens tone={tone} />
              <Parts tone={tone} />
            </section>
          ))}
        </main>
      </Chrome>
    </I18nextProvider>
  );
};
