import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortestPassphrase } from '../../preload/index.ts';
import { Field } from '../dense/index.ts';

export interface NewPassphraseState {
  first: string;
  second: string;
}

export const noPassphrase: NewPassphraseState = { first: '', second: '' };

/** Long enough, and typed the same twice. */
export const isUsable = ({ first, second }: NewPassphraseState): boolean =>
  first.length >= shortestPassphrase && first === second;

/** A passphrase that nobody can look up is typed twice. */
export function NewPassphrase({
  value,
  onChange,
}: {
  value: NewPassphraseState;
  onChange: (value: NewPassphraseState) => void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const [hasLeft, setHasLeft] = useState(false);
  const { first, second } = value;
  const isShort = hasLeft && first !== '' && first.length < shortestPassphrase;
  const differs = hasLeft && second !== '' && second !== first;
  const leave = () => setHasLeft(true);
  return (
    <>
      <Field
        label={t('passphrase.first')}
        hint={t('passphrase.hint', { count: shortestPassphrase })}
        wrong={isShort ? t('passphrase.short', { count: shortestPassphrase }) : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            type="password"
            autoComplete="new-password"
            value={first}
            onBlur={leave}
            onChange={({ target }) => onChange({ ...value, first: target.value })}
          />
        )}
      </Field>
      <Field label={t('passphrase.second')} wrong={differs ? t('passphrase.differs') : undefined}>
        {(ids) => (
          <input
            {...ids}
            type="password"
            autoComplete="new-password"
            value={second}
            onBlur={leave}
            onChange={({ target }) => onChange({ ...value, second: target.value })}
          />
        )}
      </Field>
    </>
  );
}
