import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Notice, Stage } from '../../ui/index.ts';
import styles from './Attract.module.css';
import { OwnPhone } from './OwnPhone.tsx';
import type { AttractProps, EventLook } from './props.ts';
import { Tray } from './Tray.tsx';

/** What is said where no guest can be served. */
const pauses: Partial<Record<AttractProps['engine']['at'], readonly [PauseText, PauseText]>> = {
  setup: ['kiosk.attract.setupTitle', 'kiosk.attract.setupLead'],
  locked: ['kiosk.attract.lockedTitle', 'kiosk.attract.lockedLead'],
  closed: ['kiosk.attract.closedTitle', 'kiosk.attract.closedLead'],
  failed: ['kiosk.attract.failedTitle', 'kiosk.attract.failedLead'],
};
type PauseText = `kiosk.attract.${'setup' | 'locked' | 'closed' | 'failed'}${'Title' | 'Lead'}`;

/** The booth's face: touching it anywhere begins a visit. */
export const Attract = ({ event, engine, mayBrowse, ownPhone, onStart, onBrowse, onCode }: AttractProps) => {
  const { t } = useTranslation();
  const pause = pauses[engine.at];
  const isPaused = pause !== undefined;
  const phone = isPaused ? undefined : ownPhone;
  return (
    <Stage
      onTouch={isPaused ? undefined : onStart}
      words={
        isPaused ? (
          <>
            <EventName event={event} />
            <Headline>{t(pause[0])}</Headline>
            <Lead>{t(pause[1])}</Lead>
            {engine.at === 'failed' && <Notice code={engine.code} />}
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
        !isPaused && (
          <Button kind="primary" onPress={onStart}>
            {t('kiosk.attract.start')}
          </Button>
        )
      }
      secondary={
        <>
          {!isPaused && (
            <Button kind="plain" onPress={onCode}>
              {t('kiosk.attract.code')}
            </Button>
          )}
          {mayBrowse && !isPaused && (
            <Button kind="plain" onPress={onBrowse}>
              {t('kiosk.attract.browse')}
            </Button>
          )}
        </>
      }
    >
      <Tray urls={event.attractUrls} isHigh={phone !== undefined} />
      {phone !== undefined && <OwnPhone {...phone} />}
    </Stage>
  );
};

const EventName = ({ event }: { event: EventLook }) => (
  <p className={styles['event']}>
    {event.logoUrl === undefined ? event.name : <img className={styles['logo']} src={event.logoUrl} alt={event.name} />}
  </p>
);
