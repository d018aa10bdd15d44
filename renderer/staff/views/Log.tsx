import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLine } from '../../../preload/index.ts';
import { DenseButton, State, type DenseState } from '../../dense/index.ts';
import { useAsked } from '../useAsked.ts';
import { useTimes } from '../useTimes.ts';
import type { ViewProps } from './index.ts';
import styles from './views.module.css';

const levels = ['info', 'warn', 'error'] as const;
const weight: Readonly<Record<LogLine['level'], number>> = { debug: 0, info: 1, warn: 2, error: 3 };
const states: Readonly<Record<LogLine['level'], DenseState>> = {
  debug: 'idle',
  info: 'idle',
  warn: 'warning',
  error: 'bad',
};

/** The program's own words, newest first: for whoever helps from afar. */
export function Log({ line }: ViewProps) {
  const { t } = useTranslation('staff');
  const times = useTimes();
  const [least, setLeast] = useState<(typeof levels)[number]>('info');
  const { value } = useAsked(line, 'log:tail', {}, { everyMs: 2_000 });
  const lines = (value ?? []).filter(({ level }) => weight[level] >= weight[least]).toReversed();
  return (
    <>
      <div className={styles['row']} role="group" aria-label={t('log.level')}>
        {levels.map((level) => (
          <DenseButton key={level} kind={level === least ? 'primary' : 'choice'} onPress={() => setLeast(level)}>
            {t(`log.levels.${level}`)}
          </DenseButton>
        ))}
      </div>
      {lines.length === 0 && <p className={styles['empty']}>{t('log.none')}</p>}
      <ol className={styles['lines']}>
        {lines.map(({ at, level, text }, i) => (
          <li key={lines.length - i}>
            <span>{times.time(at)}</span>
            <State state={states[level]}>{level}</State>
            <code>{text}</code>
          </li>
        ))}
      </ol>
    </>
  );
}
