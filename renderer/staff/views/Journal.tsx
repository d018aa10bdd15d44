import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auditPageEntries, type AuditEntry } from '../../../preload/index.ts';
import { DenseButton, Table } from '../../dense/index.ts';
import { useAsked } from '../useAsked.ts';
import { useTimes } from '../useTimes.ts';
import type { ViewProps } from './index.ts';

/** Who did what, and when. */
export function Journal({ line }: ViewProps) {
  const { t } = useTranslation('staff');
  const [earlier, setEarlier] = useState<readonly AuditEntry[]>([]);
  const [before, setBefore] = useState<number>();
  const times = useTimes();
  const { value } = useAsked(line, 'audit:page', before === undefined ? {} : { before });
  const entries = [...earlier, ...(value ?? []).filter(({ id }) => !earlier.some((known) => known.id === id))];
  return (
    <>
      <Table
        label={t('views.journal')}
        columns={[t('journal.when'), t('journal.who'), t('journal.what')].map((name) => ({ name }))}
      >
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>{times.full(entry.at)}</td>
            <td>{t(`journal.actors.${entry.actor}`)}</td>
            <td>
              <Sentence entry={entry} />
            </td>
          </tr>
        ))}
      </Table>
      {value?.length === auditPageEntries && (
        <DenseButton
          onPress={() => {
            setEarlier(entries);
            setBefore(entries.at(-1)?.id);
          }}
        >
          {t('journal.more')}
        </DenseButton>
      )}
    </>
  );
}

/** An action that this version has no sentence for is shown as it is called. */
function Sentence({ entry: { action, values } }: { entry: AuditEntry }) {
  const { t, i18n } = useTranslation('staff');
  const times = useTimes();
  const key = `actions.${action}`;
  // An action has one figure at most.
  const count = Object.values(values).find((value) => typeof value === 'number') ?? 0;
  if (!i18n.exists(key, { ns: 'staff', count })) return <code>{action}</code>;
  const at = values['at'];
  const state = values['state'];
  return t(key as 'actions.staff.signed-in', {
    ...values,
    count,
    ...(typeof at === 'string' ? { at: times.full(at) } : {}),
    ...(typeof state === 'string' ? { state: t(`events.states.${state as 'open'}`) } : {}),
  });
}
