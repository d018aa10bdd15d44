import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../preload/index.ts';
import { Actions, DenseButton, Dialog, Field, Panel, Say } from '../dense/index.ts';
import type { StaffLine } from './desk.ts';
import { useDo } from './useDo.ts';
import { useFaultText } from './useFaultText.ts';

/** Keys that wait for their passphrase, or are lost. */
export function Locks({ line, engine, onDone }: { line: StaffLine; engine: Engine; onDone: () => void }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { isBusy, fault, run } = useDo(line);
  const [passphrase, setPassphrase] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const wrong = fault && faultText(fault.code);

  if (engine.at === 'locked') {
    const unlock = () =>
      run('keys:unlock', { passphrase }, () => {
        setPassphrase('');
        onDone();
      });
    return (
      <Panel title={t('locks.title')}>
        <p>{t('locks.lead')}</p>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (passphrase !== '') unlock();
          }}
        >
          <Field label={t('locks.passphrase')} wrong={wrong}>
            {(ids) => (
              <input
                {...ids}
                type="password"
                autoComplete="off"
                value={passphrase}
                onChange={({ target }) => setPassphrase(target.value)}
              />
            )}
          </Field>
          <Actions>
            <DenseButton kind="primary" isDisabled={isBusy || passphrase === ''} onPress={unlock}>
              {t(isBusy ? 'busy' : 'locks.unlock')}
            </DenseButton>
          </Actions>
        </form>
      </Panel>
    );
  }

  if (engine.at !== 'failed' || engine.code !== 'keys.lost') return null;
  return (
    <Panel title={t('locks.lostTitle')}>
      <p>{t('locks.lostLead')}</p>
      {wrong !== undefined && <Say>{wrong}</Say>}
      <Actions>
        <DenseButton kind="danger" isDisabled={isBusy} onPress={() => setIsAsking(true)}>
          {t('locks.renew')}
        </DenseButton>
      </Actions>
      {isAsking && (
        <Dialog
          title={t('locks.renewTitle')}
          onClose={() => setIsAsking(false)}
          actions={
            <>
              <DenseButton onPress={() => setIsAsking(false)}>{t('cancel')}</DenseButton>
              <DenseButton
                kind="danger"
                onPress={() => {
                  setIsAsking(false);
                  run('keys:renew', {}, onDone);
                }}
              >
                {t('locks.renew')}
              </DenseButton>
            </>
          }
        >
          <p>{t('locks.renewLead')}</p>
        </Dialog>
      )}
    </Panel>
  );
}
