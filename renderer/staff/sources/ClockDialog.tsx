import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../preload/index.ts';
import { DenseButton, Dialog, Field, Say } from '../../dense/index.ts';
import { QrCode } from '../../ui/index.ts';
import type { StaffLine } from '../desk.ts';
import { useDo } from '../useDo.ts';
import { useTimes } from '../useTimes.ts';
import styles from './sources.module.css';

/**
 * A clock for the camera to photograph: the time for people, and for the booth the same in a code. It waits until the photo has arrived; whoever has none
 * sets the figure by hand.
 */
export function ClockDialog({ line, source, onClose }: { line: StaffLine; source: Source; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const times = useTimes();
  const doing = useDo(line);
  const [seconds, setSeconds] = useState(secondsNow);
  const { path, photographer, clockCorrectionSeconds, isOn } = source;

  useEffect(() => {
    const timer = setInterval(() => setSeconds(secondsNow()), 100);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    void line.ask('sources:await-clock', { path });
    return () => void line.ask('sources:await-clock', {});
  }, [line, path]);

  return (
    <Dialog
      title={t('sources.clockTitle')}
      onClose={onClose}
      actions={
        <DenseButton kind="primary" onPress={onClose}>
          {t('close')}
        </DenseButton>
      }
    >
      {source.clock === 'read' ? <Say state="good">{t('sources.clockDone')}</Say> : <p>{t('sources.clockLead')}</p>}
      <div className={styles['clock']}>
        <time>{times.time(new Date(seconds * 1000).toISOString())}</time>
        <QrCode text={`findme-clock:${String(seconds)}`} label={t('sources.clockCode')} />
      </div>
      <Field label={t('sources.clock')} hint={t('sources.clockHint')}>
        {(ids) => (
          <input
            {...ids}
            type="number"
            value={clockCorrectionSeconds}
            onChange={({ target }) => {
              if (!Number.isInteger(target.valueAsNumber)) return;
              const corrected = { clockCorrectionSeconds: target.valueAsNumber };
              doing.run('sources:set', { path, photographer, isOn, ...corrected }, () => undefined);
            }}
          />
        )}
      </Field>
    </Dialog>
  );
}

const secondsNow = (): number => Math.floor(Date.now() / 1000);
