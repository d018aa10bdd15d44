import type { i18n } from 'i18next';
import { useEffect } from 'react';
import { I18nextProvider } from 'react-i18next';
import { useStore } from 'zustand';
import { applyTheme, Chrome } from '../ui/index.ts';
import type { Journey } from './journey/index.ts';
import { SceneView } from './SceneView.tsx';
import { Idle } from './screens/index.ts';

export interface AppProps {
  journey: Journey;
  video: HTMLVideoElement;
  texts: i18n;
}

/** What is common to all screens: the guest's language and contrast, the event's colour, and the question whether anybody is there. */
export function App({ journey, video, texts }: AppProps) {
  const state = useStore(journey.store);
  const { run, kiosk, language, isHighContrast, idleSecondsLeft } = state;

  useEffect(() => {
    void texts.changeLanguage(language);
    document.documentElement.lang = language;
  }, [texts, language]);

  const accent = kiosk?.event.accent;
  useEffect(() => {
    if (accent !== undefined) applyTheme(document.documentElement, accent, isHighContrast);
  }, [accent, isHighContrast]);

  if (kiosk === undefined || state.scene.at === 'dark') return null;
  const chrome = {
    language,
    languages: kiosk.languages,
    onLanguage: journey.onLanguage,
    isHighContrast,
    onHighContrast: journey.onHighContrast,
  };
  return (
    <I18nextProvider i18n={texts}>
      <Chrome value={chrome} key={run}>
        <SceneView state={state} kiosk={kiosk} journey={journey} video={video} />
        {idleSecondsLeft !== undefined && <Idle secondsLeft={idleSecondsLeft} {...journey.idle} />}
      </Chrome>
    </I18nextProvider>
  );
}
