import { useTranslation } from 'react-i18next';
import { Button, FaceRing, Headline, Lead, Notice, Spoken, Stage, type RingState } from '../../ui/index.ts';
import styles from './Camera.module.css';
import { FaceTargets } from './FaceTargets.tsx';
import { LivePicture } from './LivePicture.tsx';
import type { CameraPhase, CameraProps } from './props.ts';

/** The guest sees themselves, and is told what to do until the picture is taken. */
export const Camera = ({ phase, video, aspect, isLit, onTouchFace, onShoot, onCancel }: CameraProps) => {
  const { t } = useTranslation();
  const ring = ringOf(phase);
  const isUnavailable = phase.at === 'unavailable';
  return (
    <Stage
      isLit={isLit && !isUnavailable}
      words={
        isUnavailable ? (
          <>
            <Headline>{t('kiosk.camera.unavailable')}</Headline>
            <Lead>{t('kiosk.camera.unavailableLead')}</Lead>
            <Notice code={phase.fault} />
          </>
        ) : (
          <Advice phase={phase} />
        )
      }
      primary={<Shoot phase={phase} onShoot={onShoot} />}
      leave={
        <Button kind="plain" onPress={onCancel}>
          {t('kiosk.camera.cancel')}
        </Button>
      }
    >
      {isUnavailable ? (
        <LivePicture video={undefined} aspect={aspect} isWhole={false}>
          <FaceRing state={{ at: 'off' }} />
        </LivePicture>
      ) : (
        <LivePicture video={video} aspect={aspect} isWhole={phase.at === 'choosing'}>
          {phase.at === 'choosing' && <FaceTargets faces={phase.faces} onTouch={onTouchFace} />}
          {(phase.at === 'counting' || phase.at === 'shooting') && ring === undefined && (
            <FaceTargets faces={phase.faces} />
          )}
          {ring !== undefined && <FaceRing state={ring} />}
        </LivePicture>
      )}
    </Stage>
  );
};

const chosenOf = (phase: CameraPhase): number =>
  'faces' in phase ? phase.faces.filter((face) => face.isSubject).length : 0;

/** One face has a ring that it fits into; several have a ring each. */
const ringOf = (phase: CameraPhase): RingState | undefined => {
  switch (phase.at) {
    case 'opening':
    case 'unavailable':
    case 'choosing':
      return undefined;
    case 'guiding':
      return { at: phase.advice === 'ready' ? 'tight' : 'breathing' };
    case 'counting':
      return chosenOf(phase) > 1 ? undefined : { at: 'counting', secondsLeft: phase.secondsLeft };
    case 'shooting':
      return chosenOf(phase) > 1 ? undefined : { at: 'holding' };
  }
};

const Advice = ({ phase }: { phase: Exclude<CameraPhase, { at: 'unavailable' }> }) => {
  const { t } = useTranslation();
  const key = phase.at === 'guiding' ? (`advice.${phase.advice}` as const) : phase.at;
  const seconds = phase.at === 'counting' ? phase.secondsLeft : undefined;
  const what = t(`kiosk.camera.${key}.what`);
  const next = t(`kiosk.camera.${key}.do`, { count: seconds ?? 0 });
  return (
    <div className={styles['advice']} role="status">
      {seconds === undefined ? (
        <h1 key={key} className={styles['lines']}>
          <span className={styles['what']}>{what}</span> <span className={styles['do']}>{next}</span>
        </h1>
      ) : (
        <h1 className={styles['count']}>
          <Spoken>{next}</Spoken>
          <span key={seconds} className={styles['number']} aria-hidden="true">
            {seconds}
          </span>
          <span className={styles['do']}>{what}</span>
        </h1>
      )}
    </div>
  );
};

const Shoot = ({ phase, onShoot }: { phase: CameraPhase; onShoot: () => void }) => {
  const { t } = useTranslation();
  if (phase.at === 'choosing') {
    const chosen = chosenOf(phase);
    return (
      <Button kind="primary" isDisabled={chosen === 0} onPress={onShoot}>
        {chosen === 0
          ? t('kiosk.camera.chooseNone')
          : chosen === 1
            ? t('kiosk.camera.chooseOne')
            : t('kiosk.camera.chooseSeveral', { count: chosen })}
      </Button>
    );
  }
  if (phase.at === 'guiding' && phase.isPatient) {
    return (
      <Button kind="primary" onPress={onShoot}>
        {t('kiosk.camera.shoot')}
      </Button>
    );
  }
  return null;
};
