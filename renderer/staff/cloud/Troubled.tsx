import { useTranslation } from 'react-i18next';
import type { SyncProgress } from '../../../preload/index.ts';
import { Detail, Panel, Table } from '../../dense/index.ts';
import { useFaultText } from '../useFaultText.ts';
import { useTimes } from '../useTimes.ts';
import styles from './cloud.module.css';

/** What does not get through, and why. */
export function Troubled({ sync: { troubled, troubledCount } }: { sync: SyncProgress }) {
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
            <td className={styles['object']}>
              {t(`sync.kinds.${kind}`)}
              {does === 'remove' && ` · ${t('sync.toRemove')}`}
              <Detail>{path.split(/[\\/]/).at(-1)}</Detail>
            </td>
            <td>
              {faultText(fault.code)}
              {fault.detail !== undefined && <Detail>{fault.detail}</Detail>}
            </td>
            <td data-figure>{times.count(tries)}</td>
            <td data-figure>{times.time(nextAt)}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}
