import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventState, StaffEvent } from '../../../preload/index.ts';
import { DenseButton, Dialog, Field, Panel, Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { ExportDialog, TransferState } from './Transfers.tsx';
import styles from './events.module.css';

/** What can follow on each state. */
const following: Readonly<Record<EventState, readonly EventState[]>> = {
  draft: ['open'],
  open: ['closed'],
  closed: ['open', 'archived'],
  archived: ['closed'],
};

/** What becomes of an event. */
export function EventActions({
  line,
  event,
  onChanged,
}: {
  line: StaffLine;
  event: StaffEvent;
  onChanged: () => void;
}) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [asking, setAsking] = useState<'activate' | 'export' | 'erase'>();
  const { id, state, isActive, keyErasedAt } = event;
  const close = () => setAsking(undefined);
  const mayActivate = !isActive && state !== 'archived' && keyErasedAt === undefined;
  return (
    <Panel title={t('events.actions')}>
      <p>{t(`events.about.${state}`)}</p>
      {isActive && <p>{t('events.isActive')}</p>}
      {doing.fault !== undefined && <Say>{faultText(doing.fault.code)}</Say>}
      <TransferState line={line} onDone={onChanged} />
      <div className={styles['row']}>
        {following[state]
          .filter((next) => next !== 'archived' || !isActive)
          .map((next) => (
            <DenseButton
              key={next}
              isDisabled={doing.isBusy}
              onPress={() => doing.run('events:set-state', { id, state: next }, onChanged)}
            >
              {t(`events.to.${next}`)}
            </DenseButton>
          ))}
        {mayActivate && <DenseButton onPress={() => setAsking('activate')}>{t('events.activate')}</DenseButton>}
        {keyErasedAt === undefined && (
          <DenseButton onPress={() => setAsking('export')}>{t('transfer.export')}</DenseButton>
        )}
        {!isActive && keyErasedAt === undefined && (
          <DenseButton kind="danger" onPress={() => setAsking('erase')}>
            {t('events.eraseKey')}
          </DenseButton>
        )}
      </div>
      {asking === 'activate' && (
        <Dialog
          title={t('events.activateTitle', { name: event.settings.name })}
          onClose={close}
          actions={
            <>
              <DenseButton onPress={close}>{t('cancel')}</DenseButton>
              <DenseButton
                kind="primary"
                onPress={() => {
                  close();
                  doing.run('events:activate', { id }, onChanged);
                }}
              >
                {t('events.activate')}
              </DenseButton>
            </>
          }
        >
          <p>{t('events.activateLead')}</p>
        </Dialog>
      )}
      {asking === 'export' && <ExportDialog line={line} event={event} onClose={close} />}
      {asking === 'erase' && (
        <EraseKey
          line={line}
          event={event}
          onClose={close}
          onErased={() => {
            close();
            onChanged();
          }}
        />
      )}
    </Panel>
  );
}

/** Nobody can undo it: the event's code is typed as a confirmation. */
function EraseKey({
  line,
  event,
  onClose,
  onErased,
}: {
  line: StaffLine;
  event: StaffEvent;
  onClose: () => void;
  onErased: () => void;
}) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [code, setCode] = useState('');
  return (
    <Dialog
      title={t('events.eraseKey')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          <DenseButton
            kind="danger"
            isDisabled={code !== event.code || doing.isBusy}
            onPress={() => doing.run('events:erase-key', { id: event.id, code }, onErased)}
          >
            {t(doing.isBusy ? 'busy' : 'events.eraseKey')}
          </DenseButton>
        </>
      }
    >
      <p>{t('events.eraseKeyLead')}</p>
      <Field label={t('events.typeCode', { code: event.code })} wrong={doing.fault && faultText(doing.fault.code)}>
        {(ids) => <input {...ids} autoComplete="off" value={code} onChange={({ target }) => setCode(target.value)} />}
      </Field>
    </Dialog>
  );
}
