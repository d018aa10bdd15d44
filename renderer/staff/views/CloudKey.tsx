import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DenseButton, Dialog, Field, Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';

/** Asks for the key to the cloud; what is entered is not shown again. */
export function CloudKey({ line, onClose }: { line: StaffLine; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [id, setId] = useState('');
  const [secret, setSecret] = useState('');
  const isWhole = id.trim() !== '' && secret.trim() !== '';
  return (
    <Dialog
      title={t('sync.setKey')}
      onClose={onClose}
      actions={
        <>
          <DenseButton kind="plain" onPress={onClose}>
            {t('cancel')}
          </DenseButton>
          <DenseButton
            kind="primary"
            isDisabled={doing.isBusy || !isWhole}
            onPress={() => doing.run('sync:set-key', { id, secret }, onClose)}
          >
            {t('save')}
          </DenseButton>
        </>
      }
    >
      <p>{t('sync.keyLead')}</p>
      <Field label={t('sync.keyId')}>
        {(ids) => <input {...ids} autoComplete="off" value={id} onChange={({ target }) => setId(target.value)} />}
      </Field>
      <Field label={t('sync.keySecret')}>
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
