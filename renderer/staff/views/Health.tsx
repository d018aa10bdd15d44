import { useTranslation } from 'react-i18next';
import type { Health as Figures } from '../../../preload/index.ts';
import { Panel, Say, State, Table, type DenseState } from '../../dense/index.ts';
import { useAsked } from '../useAsked.ts';
import { useFaultText } from '../useFaultText.ts';
import { useTimes } from '../useTimes.ts';
import { Cards } from './Cards.tsx';
import type { ViewProps } from './index.ts';
import styles from './views.module.css';

// A disk with less of itself free than this is worth a word.
const lowShare = 0.1;

/** How the booth and its machine are. */
export function Health({ line }: ViewProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const times = useTimes();
  const { value, fault } = useAsked(line, 'health:open', {}, { everyMs: 2_000 });
  if (value === undefined) return fault === undefined ? null : <Say>{faultText(fault.code)}</Say>;
  const { disk, protection } = value;
  const share = disk === undefined ? 1 : disk.freeBytes / disk.totalBytes;
  return (
    <>
      <Cards
        figures={[
          [t('health.camera'), <State state={cameraStates[value.camera]}>{t(`health.cameras.${value.camera}`)}</State>],
          [
            t('health.keys'),
            <State state={protection.by === 'none' ? 'bad' : 'good'}>{t(`health.protection.${protection.by}`)}</State>,
          ],
          [
            t('health.backup'),
            value.backedUpAt === undefined ? (
              <State state="warning">{t('health.noBackup')}</State>
            ) : (
              times.full(value.backedUpAt)
            ),
          ],
          [t('health.waiting'), `${String(value.waiting.guest)} / ${String(value.waiting.ingest)}`],
          [t('health.crashes'), value.crashes],
          [t('health.pack'), value.pack],
          ...(value.nextPack === undefined
            ? []
            : [[t('health.nextPack'), t('health.looked', value.nextPack)] as const]),
          [t('health.uptime'), times.span(value.uptimeSeconds)],
        ]}
      />
      {disk !== undefined && (
        <Panel title={t('health.disk')}>
          <State state={share < lowShare ? 'bad' : 'good'}>
            {t('health.free', { free: times.bytes(disk.freeBytes), total: times.bytes(disk.totalBytes) })}
          </State>
          <div className={styles['bar']}>
            <span style={{ width: `${String((1 - share) * 100)}%` }} />
          </div>
        </Panel>
      )}
      <Table
        label={t('health.processes')}
        columns={[
          { name: t('health.process') },
          { name: t('health.pid'), isFigure: true },
          { name: t('health.memory'), isFigure: true },
        ]}
      >
        {value.processes.map(({ name, pid, rssBytes }, i) => (
          <tr key={i}>
            <td>{name}</td>
            <td data-figure>{pid ?? '–'}</td>
            <td data-figure>{rssBytes === 0 ? '–' : times.bytes(rssBytes)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

const cameraStates: Readonly<Record<Figures['camera'], DenseState>> = {
  unknown: 'idle',
  idle: 'good',
  live: 'good',
  'camera.missing': 'bad',
  'camera.busy': 'bad',
  'camera.denied': 'bad',
  'camera.lost': 'bad',
};
