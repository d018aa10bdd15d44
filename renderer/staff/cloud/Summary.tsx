import { useTranslation } from 'react-i18next';
import type { SyncProgress } from '../../../preload/index.ts';
import { Actions, DenseButton } from '../../dense/index.ts';
import { useTimes } from '../useTimes.ts';
import styles from './cloud.module.css';
import { headOf } from './headOf.ts';

interface SummaryProps {
  sync: SyncProgress;
  isBusy: boolean;
  onPause: (isPaused: boolean) => void;
  onRetry: () => void;
}

/** How it is, in a few words, and what can be done about it. */
export function Summary({ sync, isBusy, onPause, onRetry }: SummaryProps) {
  const { t } = useTranslation('staff');
  const times = useTimes();
  const { isPaused, lanes, removals, waitingBytes, bytesPerSecond, secondsLeft, troubledCount } = sync;
  const mayRetry = !isPaused && (lanes.some(({ fault }) => fault !== undefined) || troubledCount > 0);
  const figures = [
    waitingBytes > 0 && [t('sync.waiting'), times.bytes(waitingBytes)],
    !isPaused &&
      waitingBytes > 0 &&
      bytesPerSecond !== undefined && [t('sync.rate'), t('sync.perSecond', { size: times.bytes(bytesPerSecond) })],
    removals > 0 && [t('sync.removals'), times.count(removals)],
  ].filter((figure) => figure !== false);
  return (
    <section className={styles['summary']}>
      <p className={styles['head']}>
        {t(`sync.heads.${headOf(sync)}`, { span: secondsLeft === undefined ? '' : times.span(secondsLeft) })}
      </p>
      <Actions>
        {mayRetry && (
          <DenseButton isDisabled={isBusy} onPress={onRetry}>
            {t('sync.retry')}
          </DenseButton>
        )}
        <DenseButton kind={isPaused ? 'primary' : 'choice'} isDisabled={isBusy} onPress={() => onPause(!isPaused)}>
          {t(isPaused ? 'sync.resume' : 'sync.pause')}
        </DenseButton>
      </Actions>
      {figures.length > 0 && (
        <dl className={styles['figures']}>
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
