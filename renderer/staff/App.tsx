import type { i18n } from 'i18next';
import { useEffect } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { DenseButton, Say } from '../dense/index.ts';
import type { Desk } from './desk.ts';
import { StaffFrame } from './StaffFrame.tsx';
import { Setup } from './setup/index.ts';
import { SignIn } from './SignIn.tsx';
import { useFaultText } from './useFaultText.ts';
import styles from './App.module.css';

/** What is common to all of the crew's window: its language, and who is at it. */
export function App({ desk, texts }: { desk: Desk; texts: i18n }) {
  const state = useStore(desk.state);
  const language = state.at === 'open' ? state.language : 'fr';

  useEffect(() => {
    void texts.changeLanguage(language);
    document.documentElement.lang = language;
  }, [texts, language]);

  return (
    <I18nextProvider i18n={texts}>
      <div className={`dense ${styles['app'] ?? ''}`} data-tone="paper" data-screen={screenOf(state)}>
        <Screen desk={desk} />
      </div>
    </I18nextProvider>
  );
}

const screenOf = (state: ReturnType<Desk['state']['getState']>): string =>
  state.at === 'waiting' ? 'waiting' : state.access.at;

function Screen({ desk }: { desk: Desk }) {
  const state = useStore(desk.state);
  if (state.at === 'waiting') return <Waiting />;
  switch (state.access.at) {
    case 'setup':
      return <Setup line={desk.line} language={state.language} onLanguage={desk.setLanguage} />;
    case 'no-pin':
      return <NoPin onLeave={desk.leave} />;
    case 'signed-out':
      return (
        <SignIn
          heldForMs={state.access.heldForMs}
          fault={state.fault}
          isBusy={state.isBusy}
          language={state.language}
          onPin={desk.signIn}
          onLanguage={desk.setLanguage}
          onLeave={desk.leave}
        />
      );
    case 'signed-in':
      return <StaffFrame desk={desk} language={state.language} version={state.version} />;
  }
}

function Waiting() {
  const { t } = useTranslation('staff');
  return (
    <main className={styles['centre']}>
      <h1>{t('waiting')}</h1>
    </main>
  );
}

function NoPin({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  return (
    <main className={styles['centre']}>
      <h1>{t('signIn.title')}</h1>
      <Say state="warning">{faultText('staff.no-pin')}</Say>
      <DenseButton onPress={onLeave}>{t('signIn.leave')}</DenseButton>
    </main>
  );
}
