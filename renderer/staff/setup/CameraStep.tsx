import { useEffect, useRef, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraChoice, FaultCode } from '../../../preload/index.ts';
import { DenseButton, Field, Say } from '../../dense/index.ts';
import { useFaultText } from '../useFaultText.ts';
import { openPreview, type Preview } from './openPreview.ts';
import type { StepProps } from './Setup.tsx';
import styles from './Setup.module.css';

const turns = [0, 90, 180, 270] as const;

/** The guests' camera: which one, and which way up. */
export function CameraStep({ camera, onAnswer, isBusy }: StepProps & { camera: CameraChoice }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const [choice, setChoice] = useState(camera);
  const [shown, setShown] = useState<{ cameras: readonly string[]; fault?: FaultCode }>({ cameras: [] });
  const video = useRef<HTMLVideoElement>(null);
  const [round, setRound] = useState(0);
  const { label, rotationDegrees } = choice;

  useEffect(() => {
    let preview: Preview | undefined;
    let isShown = true;
    void openPreview(navigator.mediaDevices, label).then((opened) => {
      if (!isShown) {
        opened.close();
        return;
      }
      preview = opened;
      setShown({ cameras: opened.cameras, ...(opened.fault === undefined ? {} : { fault: opened.fault }) });
      if (video.current !== null) video.current.srcObject = opened.stream ?? null;
    });
    return () => {
      isShown = false;
      preview?.close();
    };
  }, [label, round]);

  return (
    <div className={styles['step']}>
      <div className={styles['preview']} style={{ '--turn': `${String(rotationDegrees)}deg` } as CSSProperties}>
        {shown.fault === undefined ? (
          <video ref={video} autoPlay muted playsInline aria-label={t('setup.camera.picture')} />
        ) : (
          <p>{t('setup.camera.none')}</p>
        )}
      </div>
      {shown.fault !== undefined && <Say state="warning">{faultText(shown.fault)}</Say>}
      {shown.cameras.length > 1 && (
        <Field label={t('setup.camera.which')}>
          {(ids) => (
            <select {...ids} value={label ?? ''} onChange={({ target }) => setChoice(withLabel(choice, target.value))}>
              <option value="">{t('setup.camera.first')}</option>
              {shown.cameras.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
      )}
      {shown.fault === undefined ? (
        <DenseButton
          onPress={() =>
            setChoice({ ...choice, rotationDegrees: turns[(turns.indexOf(rotationDegrees) + 1) % turns.length] ?? 0 })
          }
        >
          {t('setup.camera.turn')}
        </DenseButton>
      ) : (
        <DenseButton onPress={() => setRound(round + 1)}>{t('setup.camera.again')}</DenseButton>
      )}
      <div className={styles['next']}>
        <DenseButton kind="primary" isDisabled={isBusy} onPress={() => onAnswer({ step: 'camera', camera: choice })}>
          {t(shown.fault === undefined ? 'setup.next' : 'setup.camera.without')}
        </DenseButton>
      </div>
    </div>
  );
}

const withLabel = ({ rotationDegrees }: CameraChoice, label: string): CameraChoice =>
  label === '' ? { rotationDegrees } : { label: label.slice(0, 200), rotationDegrees };
