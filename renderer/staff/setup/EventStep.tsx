import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DenseButton, Field } from '../../dense/index.ts';
import { codeFromName } from './codeFromName.ts';
import type { StepProps } from './Setup.tsx';
import styles from './Setup.module.css';

/** What the guests read, and what tells this event from others. */
export function EventStep({
  event,
  onAnswer,
  isBusy,
}: StepProps & { event: { name: string; code: string } | undefined }) {
  const { t } = useTranslation('staff');
  const [name, setName] = useState(event?.name ?? '');
  /** undefined: it follows the name. */
  const [code, setCode] = useState(event?.code);
  const shownCode = code ?? codeFromName(name);
  const isReady = name.trim() !== '' && shownCode.trim() !== '';
  const next = () => {
    if (isReady && !isBusy) onAnswer({ step: 'event', name, code: shownCode });
  };
  return (
    <form
      className={styles['step']}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        next();
      }}
    >
      <Field label={t('events.name')} hint={t('setup.event.nameHint')}>
        {(ids) => (
          <input {...ids} autoFocus maxLength={80} value={name} onChange={({ target }) => setName(target.value)} />
        )}
      </Field>
      <Field label={t('events.code')} hint={t('setup.event.codeHint')}>
        {(ids) => <input {...ids} maxLength={60} value={shownCode} onChange={({ target }) => setCode(target.value)} />}
      </Field>
      <div className={styles['next']}>
        <DenseButton kind="primary" isDisabled={!isReady || isBusy} onPress={next}>
          {t('setup.next')}
        </DenseButton>
      </div>
    </form>
  );
}
