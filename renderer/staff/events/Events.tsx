import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffEvent } from '../../../preload/index.ts';
import { Actions, DenseButton, Detail, Say, State, Table, type DenseState } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useAsked } from '../useAsked.ts';
import { useFaultText } from '../useFaultText.ts';
import { useTimes } from '../useTimes.ts';
import { EventEditor } from './EventEditor.tsx';
import { ImportDialog, TransferState } from './Transfers.tsx';

const states: Readonly<Record<StaffEvent['state'], DenseState>> = {
  draft: 'warning',
  open: 'good',
  closed: 'idle',
  archived: 'idle',
};

export function Events({ line }: { line: StaffLine }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const times = useTimes();
  const { value: events, fault, again } = useAsked(line, 'events:list', {}, { on: 'frame:changed' });
  /** 'new', or an event's id. */
  const [edited, setEdited] = useState<number | 'new'>();
  const [isImporting, setIsImporting] = useState(false);

  const event = events?.find(({ id }) => id === edited);
  if (edited === 'new' || event !== undefined) {
    return (
      <EventEditor
        key={event?.id ?? 'new'}
        line={line}
        event={event}
        onChanged={again}
        onMade={(id) => {
          again();
          setEdited(id);
        }}
        onClose={() => {
          again();
          setEdited(undefined);
        }}
      />
    );
  }

  return (
    <>
      {fault !== undefined && <Say>{faultText(fault.code)}</Say>}
      <Actions>
        <DenseButton onPress={() => setIsImporting(true)}>{t('transfer.import')}</DenseButton>
        <DenseButton kind="primary" onPress={() => setEdited('new')}>
          {t('events.new')}
        </DenseButton>
      </Actions>
      <TransferState line={line} onDone={again} />
      <Table
        label={t('views.events')}
        columns={[
          { name: t('events.name') },
          { name: t('events.state') },
          { name: t('events.dates') },
          { name: t('events.photos'), isFigure: true },
          { name: t('events.faces'), isFigure: true },
          { name: t('events.visits'), isFigure: true },
          { name: '' },
        ]}
      >
        {events?.map(({ id, code, state, isActive, settings, photos, faces, visits, keyErasedAt }) => (
          <tr key={id}>
            <td>
              <strong>{settings.name}</strong>
              <Detail>{code}</Detail>
              {isActive && <Detail>{t('events.isActive')}</Detail>}
              {keyErasedAt !== undefined && <Detail>{t('events.keyErased', { when: times.full(keyErasedAt) })}</Detail>}
            </td>
            <td>
              <State state={states[state]}>{t(`events.states.${state}`)}</State>
            </td>
            <td>
              {[settings.startsOn, settings.endsOn]
                .filter((day) => day !== undefined)
                .map((day) => times.day(day))
                .join(' – ') || '–'}
            </td>
            <td data-figure>{photos}</td>
            <td data-figure>{faces}</td>
            <td data-figure>{visits}</td>
            <td>
              <DenseButton onPress={() => setEdited(id)}>{t('events.edit')}</DenseButton>
            </td>
          </tr>
        ))}
      </Table>
      {isImporting && <ImportDialog line={line} onClose={() => setIsImporting(false)} />}
    </>
  );
}
