import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { PhoneEvent } from '../../preload/index.ts';
import { applyTheme } from '../ui/index.ts';
import styles from './Frame.module.css';
import type { SpokenLanguage } from './language.ts';
import { Header, LineNote } from './parts/index.ts';
import { SpeechContext } from './speech.ts';
import { speeches } from './texts.ts';

interface FrameProps {
  /** Undefined until it is known. */
  event: Pick<PhoneEvent, 'name' | 'accent' | 'logoUrl'> | undefined;
  spoken: SpokenLanguage;
  isLost: boolean;
  /** Whether photos take more than a phone's width where there is more. */
  isWide?: boolean;
  /** The way out of what lies over the page. */
  onBack: (() => void) | undefined;
  children: ReactNode;
}

/** What every page stands in: the event's name and colour, the language, and the line. */
export const Frame = ({ event, spoken, isLost, isWide = false, onBack, children }: FrameProps) => {
  const { language } = useStore(spoken.store);
  const { name, accent } = event ?? {};

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    if (name !== undefined) document.title = name;
  }, [name]);
  useEffect(() => {
    if (accent === undefined) return;
    applyTheme(document.documentElement, accent, window.matchMedia('(prefers-contrast: more)').matches);
  }, [accent]);

  return (
    <SpeechContext value={speeches[language]}>
      <div className={styles['page']} data-wide={isWide || undefined}>
        {isLost && <LineNote />}
        <Header event={event} spoken={spoken} onBack={onBack} />
        {children}
      </div>
    </SpeechContext>
  );
};
