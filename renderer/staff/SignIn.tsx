import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FaultCode, Language } from '../../preload/index.ts';
import { DenseButton, PinPad, Say } from '../dense/index.ts';
import styles from './App.module.css';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { useFaultText } from './useFaultText.ts';

interface SignInProps {
  /** How long no PIN is looked at. */
  heldForMs: number;
  fault: FaultCode | undefined;
  isBusy: boolean;
  language: Language;
  onPin: (pin: string) => void;
  onLanguage: (language: Language) => void;
  onLeave: () => void;
}

/** Before anything of the event is shown. */
export function SignIn({ heldForMs, fault, isBusy, language, onPin, onLanguage, onLeave }: SignInProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const [pin, setPin] = useState('');
  const secondsLeft = useSecondsLeft(heldForMs);
  const isHeld = secondsLeft > 0;

  return (
    <main className={styles['centre']}>
      <h1>{t('signIn.title')}</h1>
      {isHeld ? (
        <Say state="warning">{t('signIn.held', { count: secondsLeft })}</Say>
      ) : (
        <p>{fault === undefined ? t('signIn.lead') : faultText(fault)}</p>
      )}
      <PinPad
        pin={pin}
        labels={{ pad: t('signIn.pad'), erase: t('signIn.erase'), enter: t('signIn.enter') }}
        isDisabled={isBusy || isHeld}
        onChange={setPin}
        onEnter={() => {
          onPin(pin);
          setPin('');
        }}
      />
      <DenseButton kind="plain" onPress={onLeave}>
        {t('signIn.leave')}
      </DenseButton>
      <LanguageSwitch language={language} onLanguage={onLanguage} />
    </main>
  );
}

/** Counts down to the moment from which a PIN is looked at again. */
function useSecondsLeft(heldForMs: number): number {
  const [secondsLeft, setSecondsLeft] = useState(0);
  useEffect(() => {
    const untilMs = performance.now() + heldForMs;
    const count = () => setSecondsLeft(Math.ceil(Math.max(0, untilMs - performance.now()) / 1000));
    count();
    const timer = setInterval(count, 250);
    return () => clearInterval(timer);
  }, [heldForMs]);
  return secondsLeft;
}
