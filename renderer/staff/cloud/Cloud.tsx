import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncLane } from '../../../preload/index.ts';
import { Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useAsked } from '../useAsked.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { CloudKey } from './CloudKey.tsx';
import { LanePanel } from './LanePanel.tsx';
import { Summary } from './Summary.tsx';
import { Troubled } from './Troubled.tsx';
import styles from './cloud.module.css';

/** How far everything is in the cloud, and what does not get there. */
export function Cloud({ line }: { line: StaffLine }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { value, fault, again } = useAsked(line, 'sync:open', {}, { everyMs: 2_000 });
  const doing = useDo(line);
  const [keyAsked, setKeyAsked] = useState<SyncLane>();

  if (value === undefined) return fault === undefined ? null : <Say>{faultText(fault.code)}</Say>;
  const { sync } = value;
  if (sync === undefined) return <p className={styles['empty']}>{t('sync.off')}</p>;
  return (
    <>
      <Summary
        sync={sync}
        isBusy={doing.isBusy}
        onPause={(isPaused) => doing.run('sync:pause', { isPaused }, again)}
        onRetry={() => doing.run('sync:retry', {}, again)}
      />
      {doing.fault !== undefined && <Say>{faultText(doing.fault.code)}</Say>}
      <div className={styles['lanes']} data-lanes={sync.lanes.length}>
        {sync.lanes.map((lane) => (
          <LanePanel key={lane.lane} lane={lane} onKey={() => setKeyAsked(lane.lane)} />
        ))}
      </div>
      {sync.troubledCount > 0 && <Troubled sync={sync} />}
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
