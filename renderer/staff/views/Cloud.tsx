import type { TFunction } from 'i18next';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LaneProgress, SyncKind, SyncLane, SyncProgress } from '../../../preload/index.ts';
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
  const [keyAsked, setKeyAsked] = useState<SyncLane>();

  if (value === undefined) return fault === undefined ? null : <Say>{faultText(fault.code)}</Say>;
  const { sync } = value;
  if (sync === undefined) return <p className={styles['empty']}>{t('sync.off')}</p>;
  const { isPaused, lanes, removals, troubledCount } = sync;
  const mayRetry = !isPaused && (lanes.some(({ fault: trouble }) => trouble !== undefined) || troubledCount > 0);
  return (
    <>
      {lanes.map((lane) => (
        <LaneTrouble key={lane.lane} lane={lane} />
      ))}
      <Cards
        figures={[
          ...lanes.flatMap((lane) => figuresOf(lane, t)),
          ...(removals === 0 ? [] : [[t('sync.removals'), removals] as const]),
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
        {lanes.map(
          ({ lane, key }) =>
            key !== undefined &&
            key !== 'environment' && (
              <DenseButton key={lane} onPress={() => setKeyAsked(lane)}>
                {t(`sync.setKey.${lane}`)}
              </DenseButton>
            ),
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
      {keyAsked !== undefined && (
        <CloudKey
          line={line}
          lane={keyAsked}
          onClose={() => {
            setKeyAsked(undefined);
            again();
          }}
        />
      )}
    </>
  );
}

/** Why a place cannot be reached. */
function LaneTrouble({ lane: { state, fault, secondsToTry = 0 } }: { lane: LaneProgress }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const times = useTimes();
  if (fault === undefined) return null;
  return (
    <Say state={states[state]} detail={fault.detail}>
      {faultText(fault.code)} {t('sync.tryIn', { span: times.span(secondsToTry) })}
    </Say>
  );
}

/** What the crew counts as one. */
const groups = [
  ['results', ['result', 'erasure']],
  ['galleries', ['gallery']],
  ['thumbnails', ['thumbnail']],
  ['screens', ['screen']],
  ['photos', ['photo']],
  ['guests', ['guest']],
  ['mails', ['mail']],
] as const satisfies readonly (readonly [string, readonly SyncKind[]])[];

function figuresOf({ lane, state, key, kinds }: LaneProgress, t: TFunction<'staff'>): (readonly [string, ReactNode])[] {
  const sumOf = (of: readonly SyncKind[], figure: 'done' | 'waiting') =>
    kinds.filter(({ kind }) => of.includes(kind)).reduce((sum, each) => sum + each[figure], 0);
  return [
    [t(`sync.lanes.${lane}`), <State state={states[state]}>{t(`sync.states.${state}`)}</State>],
    ...groups
      .filter(([, of]) => kinds.some(({ kind }) => of.some((one) => one === kind)))
      .map(([name, of]) => {
        const [done, waiting] = [sumOf(of, 'done'), sumOf(of, 'waiting')];
        return [t(`sync.groups.${name}`), t('sync.of', { done, total: done + waiting })] as const;
      }),
    ...(key === undefined ? [] : [[t(`sync.keyOf.${lane}`), t(`sync.keySources.${key}`)] as const]),
  ];
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

const states: Readonly<Record<LaneProgress['state'], DenseState>> = {
  done: 'good',
  running: 'good',
  paused: 'idle',
  // It comes back by itself.
  unreachable: 'warning',
  refused: 'bad',
};
