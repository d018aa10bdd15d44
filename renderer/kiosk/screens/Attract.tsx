import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Notice, Stage } from '../../ui/index.ts';
import styles from './Attract.module.css';
import type { AttractProps, EventLook } from './props.ts';
import { Tray } from './Tray.tsx';

/** The booth's face: touching it anywhere begins a visit. */
export const Attract = ({ event, engine, mayBrowse, onStart, onBrowse, onCode }: AttractProps) => {
  const { t } = useTranslation();
  const hasFailed = engine.at === 'failed';
  return (
    <Stage
      onTouch={hasFailed ? undefined : onStart}
      words={
        hasFailed ? (
          <>
            <EventName event={event} />
            <Headline>{t('kiosk.attract.failedTitle')}</Headline>
            <Lead>{t('kiosk.attract.failedLead')}</Lead>
            <Notice code={engine.code} />
          </>
        ) : (
          <>
            <EventName event={event} />
            <Headline size="display">{t('kiosk.attract.title')}</Headline>
            <Lead>{t('kiosk.attract.lead')}</Lead>
          </>
        )
      }
      primary={
        !hasFailed && (
          <Button kind="primary" onPress={onStart}>
            {t('kiosk.attract.start')}
          </Button>
        )
      }
      secondary={
        <>
          {!hasFailed && (
            <Button kind="plain" onPress={onCode}>
              {t('kiosk.attract.code')}
            </Button>
          )}
          {mayBrowse && (
            <Button kind="plain" onPress={onBrowse}>
              {t('kiosk.attract.browse')}
            </Button>
          )}
        </>
      }
    >
      <Tray urls={event.attractUrls} />
    </Stage>
  );
};

const EventName = ({ event }: { event: EventLook }) => (
  <p className={styles['event']}>
    {event.logoUrl === undefined ? event.name : <img className={styles['logo']} src={event.logoUrl} alt={event.name} />}
  </p>
);
