import { useTranslation } from 'react-i18next';
import type { LaneProgress } from '../../../preload/index.ts';
import { DenseButton, Meter, Panel, Say, State, type DenseState } from '../../dense/index.ts';
import { useFaultText } from '../useFaultText.ts';
import { useTimes } from '../useTimes.ts';
import styles from './cloud.module.css';
import { groupsOf } from './groupsOf.ts';

/** One place: how it is, how far everything is on its way there, and the key to it. */
export function LanePanel({ lane: progress, onKey }: { lane: LaneProgress; onKey: () => void }) {
  const { t } = useTranslation('staff');
  const { lane, state, key } = progress;
  const groups = groupsOf(progress);
  return (
    <Panel title={t(`sync.lanes.${lane}`)}>
      <State state={colours[state]}>{t(`sync.states.${state}`)}</State>
      <Trouble lane={progress} />
      {groups.length === 0 ? (
        <p className={styles['none']}>{t('sync.none')}</p>
      ) : (
        <div className={styles['groups']}>
          {groups.map(({ name, done, total }) => (
            <Meter
              key={name}
              name={t(`sync.groups.${name}`)}
              percent={(done / total) * 100}
              said={t('sync.of', { done, total })}
            />
          ))}
        </div>
      )}
      {key !== undefined && (
        <div className={styles['key']}>
          <span>
            {t(`sync.keyOf.${lane}`)}
            <span className={styles['source']}>{t(`sync.keySources.${key}`)}</span>
          </span>
          {key !== 'environment' && (
            <DenseButton kind={state === 'refused' ? 'primary' : 'choice'} onPress={onKey}>
              {t(`sync.${key === 'nowhere' ? 'giveKey' : 'changeKey'}.${lane}`)}
            </DenseButton>
          )}
        </div>
      )}
    </Panel>
  );
}

/** Why the place cannot be reached. */
function Trouble({ lane: { state, fault, secondsToTry = 0 } }: { lane: LaneProgress }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const times = useTimes();
  if (fault === undefined) return null;
  return (
    <Say state={colours[state]} detail={fault.detail}>
      {faultText(fault.code)} {t('sync.tryIn', { span: times.span(secondsToTry) })}
    </Say>
  );
}

const colours: Readonly<Record<LaneProgress['state'], DenseState>> = {
  done: 'good',
  running: 'good',
  paused: 'idle',
  // It comes back by itself.
  unreachable: 'warning',
  refused: 'bad',
};
