import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncProgress } from '../../../preload/index.ts';
import { Actions, DenseButton, Detail, Panel, Say, State, Table, type DenseState } from '../../dense/index.ts';
import { useAsked } from '../useAsked.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { useTimes } from '../useTimes.ts';
import { Cards } from './Cards.tsx';
import type { ViewProps } from './index.ts';
import { CloudKey } from './CloudKey.tsx';
import styles from './views.module.css';

/** How far the photos are in the cloud, and what does not get there. */
export function Cloud({ line }: ViewProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const times = useTimes();
  const { value, fault, again } = useAsked(line, 'sync:open', {}, { everyMs: 2_000 });
  const doing = useDo(line);
  const [isKeyAsked, setIsKeyAsked] = useState(false);

  if (value === undefined) return fault === undefined ? null : <Say>{faultText(fault.code)}</Say>;
  const { sync } = value;
  if (sync === undefined) return <p className={styles['empty']}>{t('sync.off')}</p>;
  const { state, kinds, removals, troubledCount } = sync;
  const isPaused = state === 'paused';
  const mayRetry = !isPaused && (sync.fault !== undefined || troubledCount > 0);
  return (
    <>
      {sync.fault !== undefined && (
        <Say state={states[state]} detail={sync.fault.detail}>
          {faultText(sync.fault.code)} {t('sync.tryIn', { span: times.span(sync.secondsToTry ?? 0) })}
        </Say>
      )}
      <Cards
        figures={[
          [t('sync.state'), <State state={states[state]}>{t(`sync.states.${state}`)}</State>],
          ...kinds.map(
            ({ kind, done, waiting }) =>
              [t(`sync.kinds.${kind}`), t('sync.of', { done, total: done + waiting })] as const,
          ),
          ...(removals === 0 ? [] : [[t('sync.removals'), removals] as const]),
          ...(sync.key === undefined ? [] : [[t('sync.key'), t(`sync.keySources.${sync.key}`)] as const]),
          [t('sync.waiting'), times.bytes(sync.waitingBytes)],
          [
            t('sync.rate'),
            sync.bytesPerSecond === undefined ? '–' : t('sync.perSecond', { size: times.bytes(sync.bytesPerSecond) }),
          ],
          [t('sync.left'), sync.secondsLeft === undefined ? '–' : times.span(sync.secondsLeft)],
        ]}
      />
      {doing.fault !== undefined && <Say>{faultText(doing.fault.code)}</Say>}
      <Actions>
        {sync.key !== undefined && sync.key !== 'environment' && (
          <DenseButton onPress={() => setIsKeyAsked(true)}>{t('sync.setKey')}</DenseButton>
        )}
        {mayRetry && (
          <DenseButton isDisabled={doing.isBusy} onPress={() => doing.run('sync:retry', {}, again)}>
            {t('sync.retry')}
          </DenseButton>
        )}
        <DenseButton isDisabled={doing.isBusy} onPress={() => doing.run('sync:pause', { isPaused: !isPaused }, again)}>
          {t(isPaused ? 'sync.resume' : 'sync.pause')}
        </DenseButton>
      </Actions>
      {troubledCount > 0 && <Troubled sync={sync} />}
      {isKeyAsked && (
        <CloudKey
          line={line}
          onClose={() => {
            setIsKeyAsked(false);
            again();
          }}
        />
      )}
    </>
  );
}

function Troubled({ sync: { troubled, troubledCount } }: { sync: SyncProgress }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const times = useTimes();
  const title = t('sync.troubled', { count: troubledCount });
  return (
    <Panel title={title}>
      <Table
        label={title}
        columns={[
          { name: t('sync.object') },
          { name: t('sync.reason') },
          { name: t('sync.tries'), isFigure: true },
          { name: t('sync.next'), isFigure: true },
        ]}
      >
        {troubled.map(({ id, does, kind, path, tries, nextAt, fault }) => (
          <tr key={id}>
            <td>
              {path.split(/[\\/]/).at(-1)}
              <Detail>
                {t(`sync.kinds.${kind}`)}
                {does === 'remove' && ` · ${t('sync.toRemove')}`}
              </Detail>
            </td>
            <td>
              {faultText(fault.code)}
              {fault.detail !== undefined && <Detail>{fault.detail}</Detail>}
            </td>
            <td data-figure>{tries}</td>
            <td data-figure>{times.time(nextAt)}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

const states: Readonly<Record<SyncProgress['state'], DenseState>> = {
  done: 'good',
  running: 'good',
  paused: 'idle',
  // It comes back by itself.
  unreachable: 'warning',
  refused: 'bad',
};
