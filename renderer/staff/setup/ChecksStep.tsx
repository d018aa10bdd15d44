import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Check, Protection } from '../../../preload/index.ts';
import { DenseButton, Panel, Say, State, type DenseState } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { isUsable, NewPassphrase, noPassphrase } from '../NewPassphrase.tsx';
import { useAsked } from '../useAsked.ts';
import { useFaultText } from '../useFaultText.ts';
import type { StepProps } from './Setup.tsx';
import styles from './Setup.module.css';

const states: Readonly<Record<Check['state'], DenseState>> = { ok: 'good', bad: 'bad', unknown: 'idle' };

/** Whether everything is there; and where nothing protects the keys, the offer of a passphrase. */
export function ChecksStep({
  line,
  protection,
  onAnswer,
  isBusy,
}: StepProps & { line: StaffLine; protection: Protection }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { value: checks, fault, again } = useAsked(line, 'setup:checks', {});
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const isUnprotected = protection.by === 'none';
  const hasBegun = passphrase.first !== '' || passphrase.second !== '';
  return (
    <div className={styles['step']}>
      {checks === undefined && fault === undefined && <p>{t('setup.checks.running')}</p>}
      {fault !== undefined && <Say>{faultText(fault.code)}</Say>}
      {checks !== undefined && (
        <ul className={styles['checks']}>
          {checks.map(({ name, state, found, code }) => (
            <li key={name}>
              <span>{t(`checks.${name}`)}</span>
              <State state={states[state]}>{t(`setup.checks.${state}`)}</State>
              {code !== undefined && <span>{faultText(code)}</span>}
              {state !== 'ok' && found !== '' && <small>{found}</small>}
            </li>
          ))}
        </ul>
      )}
      <DenseButton isDisabled={checks === undefined} onPress={again}>
        {t('setup.checks.again')}
      </DenseButton>
      {isUnprotected && (
        <Panel title={t('setup.checks.keysTitle')}>
          <p>{t('passphrase.lead')}</p>
          <NewPassphrase value={passphrase} onChange={setPassphrase} />
        </Panel>
      )}
      <div className={styles['next']}>
        <DenseButton
          kind="primary"
          isDisabled={isBusy || (hasBegun && !isUsable(passphrase))}
          onPress={() =>
            onAnswer({ step: 'checks', ...(isUsable(passphrase) ? { passphrase: passphrase.first } : {}) })
          }
        >
          {t(isUnprotected && !hasBegun ? 'setup.checks.later' : 'setup.next')}
        </DenseButton>
      </div>
    </div>
  );
}
