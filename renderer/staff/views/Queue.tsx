import { useTranslation } from 'react-i18next';
import { Actions, DenseButton, Detail, Say, Table } from '../../dense/index.ts';
import { useAsked } from '../useAsked.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { useTimes } from '../useTimes.ts';
import { Cards } from './Cards.tsx';
import type { ViewProps } from './index.ts';

/** What is still to be searched, and what could not be. */
export function Queue({ line }: ViewProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const times = useTimes();
  const { value, fault, again } = useAsked(line, 'queue:open', {}, { on: 'queue:changed', everyMs: 5_000 });
  const doing = useDo(line);

  if (value === undefined) return fault === undefined ? null : <Say>{faultText(fault.code)}</Say>;
  const { queue, quarantined } = value;
  return (
    <>
      {queue.halted !== undefined && <Say detail={queue.halted.code}>{faultText(queue.halted.code)}</Say>}
      <Cards
        figures={[
          [t('queue.waiting'), queue.stored],
          [t('queue.searchable'), queue.indexed],
          [t('queue.aside'), queue.quarantined],
          [t('queue.rate'), t('queue.perMinute', { count: queue.perMinute })],
          [t('queue.left'), queue.secondsLeft === undefined ? '–' : times.span(queue.secondsLeft)],
        ]}
      />
      {doing.fault !== undefined && <Say>{faultText(doing.fault.code)}</Say>}
      {quarantined.length === 0 ? (
        <p>{t('queue.none')}</p>
      ) : (
        <>
          <Actions>
            <DenseButton isDisabled={doing.isBusy} onPress={() => doing.run('queue:retry', {}, again)}>
              {t('queue.retryAll')}
            </DenseButton>
          </Actions>
          <Table label={t('queue.aside')} columns={[t('queue.file'), t('queue.reason'), ''].map((name) => ({ name }))}>
            {quarantined.map(({ photoId, path, fault: reason }) => (
              <tr key={`${String(photoId)} ${path}`}>
                <td>
                  {path.split(/[\\/]/).at(-1)}
                  <Detail>{path}</Detail>
                </td>
                <td>
                  {faultText(reason.code)}
                  {reason.detail !== undefined && <Detail>{reason.detail}</Detail>}
                </td>
                <td>
                  <DenseButton isDisabled={doing.isBusy} onPress={() => doing.run('queue:retry', { photoId }, again)}>
                    {t('queue.retry')}
                  </DenseButton>
                </td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </>
  );
}
