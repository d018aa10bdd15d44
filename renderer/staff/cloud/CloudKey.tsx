import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DenseButton, Dialog, Field, Say } from '../../dense/index.ts';
import type { SyncLane } from '../../../preload/index.ts';
import type { StaffLine } from '../desk.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';

/** Asks for the key to one of the places; what is entered is not shown again. */
export function CloudKey({ line, lane, onClose }: { line: StaffLine; lane: SyncLane; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [id, setId] = useState('');
  const [secret, setSecret] = useState('');
  const hasId = lane === 'bucket';
  const isWhole = (!hasId || id.trim() !== '') && secret.trim() !== '';
  return (
    <Dialog
      title={t(`sync.keyTitle.${lane}`)}
      onClose={onClose}
      actions={
        <>
          <DenseButton kind="plain" onPress={onClose}>
            {t('cancel')}
          </DenseButton>
          <DenseButton
            kind="primary"
            isDisabled={doing.isBusy || !isWhole}
            onPress={() => doing.run('sync:set-key', { lane, id, secret }, onClose)}
          >
            {t('save')}
          </DenseButton>
        </>
      }
    >
      <p>{t(`sync.keyLead.${lane}`)}</p>
      {hasId && (
        <Field label={t('sync.keyId')}>
          {(ids) => <input {...ids} autoComplete="off" value={id} onChange={({ target }) => setId(target.value)} />}
        </Field>
      )}
      <Field label={t(`sync.keySecret.${lane}`)}>
        {(ids) => (
          <input
            {...ids}
            type="password"
            autoComplete="off"
            value={secret}
            onChange={({ target }) => setSecret(target.value)}
          />
        )}
      </Field>
      {doing.fault !== undefined && <Say>{faultText(doing.fault.code)}</Say>}
    </Dialog>
  );
}
