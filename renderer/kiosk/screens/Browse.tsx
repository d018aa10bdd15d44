import { useTranslation } from 'react-i18next';
import { Button, Headline, HourRail, Lead, Notice, Paper, Print, Shelf, Viewer } from '../../ui/index.ts';
import styles from './Browse.module.css';
import centre from './Centre.module.css';
import { PhotoGrid } from './PhotoGrid.tsx';
import type { BrowseProps } from './props.ts';

/** All photos by the hour they were taken in, for those who would not be looked for. */
export const Browse = (props: BrowseProps) => {
  const { hours, hour, photos, hasMore, openId, fault, onHour, onMore, onOpen, onClose, onStart, onLeave } = props;
  const { t } = useTranslation();
  const isEmpty = hours?.length === 0;
  const isOpen = openId !== undefined && photos.some((photo) => photo.id === openId);
  return (
    <>
      <Paper
        words={
          <>
            <Headline>{t('kiosk.browse.title')}</Headline>
            {hours === undefined && <Lead>{t('kiosk.browse.opening')}</Lead>}
            {isEmpty && <Lead>{t('kiosk.browse.empty')}</Lead>}
            {fault !== undefined && <Notice code={fault} />}
          </>
        }
        primary={
          <Button kind="primary" onPress={onStart}>
            {t('kiosk.browse.start')}
          </Button>
        }
        leave={
          <Button kind="plain" onPress={onLeave}>
            {t('kiosk.browse.leave')}
          </Button>
        }
      >
        {hours === undefined || isEmpty ? (
          <div className={centre['centre']}>
            <Print className={centre['print']} />
          </div>
        ) : (
          <div className={styles['album']}>
            <div className={styles['photos']}>
              <Shelf key={hour} label={t('kiosk.browse.title')}>
                <PhotoGrid photos={photos} hasMore={hasMore} onMore={onMore} onOpen={onOpen} />
              </Shelf>
            </div>
            <HourRail hours={hours} current={hour} onHour={onHour} />
          </div>
        )}
      </Paper>
      {isOpen && <Viewer photos={photos} openId={openId} onOpen={onOpen} onClose={onClose} />}
    </>
  );
};
