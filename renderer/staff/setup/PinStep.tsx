import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PinPad, Say } from '../../dense/index.ts';
import type { StepProps } from './Setup.tsx';
import styles from './Setup.module.css';

/** Chosen, and typed once more. */
export function PinStep({ onAnswer, isBusy }: StepProps) {
  const { t } = useTranslation('staff');
  const [pin, setPin] = useState('');
  const [first, setFirst] = useState<string>();
  const [differs, setDiffers] = useState(false);

  function enter(): void {
    if (first === undefined) {
      setFirst(pin);
      setDiffers(false);
    } else if (first === pin) {
      onAnswer({ step: 'pin', pin });
    } else {
      setFirst(undefined);
      setDiffers(true);
    }
    setPin('');
  }

  return (
    <div className={styles['step']}>
      {differs && <Say state="warning">{t('setup.pin.differs')}</Say>}
      <p>{t(first === undefined ? 'setup.pin.choose' : 'setup.pin.again')}</p>
      <PinPad
        pin={pin}
        labels={{ pad: t('signIn.pad'), erase: t('signIn.erase'), enter: t('signIn.enter') }}
        isDisabled={isBusy}
        onChange={setPin}
        onEnter={enter}
      />
    </div>
  );
}
