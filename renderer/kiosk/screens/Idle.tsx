import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Overlay, SecondsRing, Stage } from '../../ui/index.ts';
import styles from './Centre.module.css';
import type { IdleProps } from './props.ts';

/** Asks a guest who has gone quiet, before everything of the visit is wiped. */
export const Idle = ({ secondsLeft, onStay, onLeave }: IdleProps) => {
  const { t } = useTranslation();
  return (
    <Overlay label={t('kiosk.idle.title')} isAlert onLeave={onStay}>
      <Stage
        isOverlay
        onTouch={onStay}
        words={
          <>
            <Headline level={2}>{t('kiosk.idle.title')}</Headline>
            <Lead>{t('kiosk.idle.lead')}</Lead>
          </>
        }
        primary={
          <Button kind="primary" onPress={onStay}>
            {t('kiosk.idle.stay')}
          </Button>
        }
        secondary={
          <Button kind="plain" onPress={onLeave}>
            {t('kiosk.idle.leave')}
          </Button>
        }
      >
        <div className={styles['centre']}>
          <SecondsRing secondsLeft={secondsLeft} label={t('kiosk.idle.seconds', { count: secondsLeft })} />
        </div>
      </Stage>
    </Overlay>
  );
};
