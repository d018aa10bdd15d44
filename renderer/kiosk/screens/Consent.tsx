import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Headline, icons, Paper } from '../../ui/index.ts';
import styles from './Consent.module.css';
import type { ConsentProps } from './props.ts';

/** Before the camera opens. To refuse is as easy as to accept. */
export const Consent = ({ retentionDays, mayBrowse, onAccept, onRefuse }: ConsentProps) => {
  const { t } = useTranslation();
  return (
    <Paper
      primary={
        <>
          <Button kind="choice" hint={t('kiosk.consent.acceptHint')} onPress={onAccept}>
            {t('kiosk.consent.accept')}
          </Button>
          <Button
            kind="choice"
            hint={t(mayBrowse ? 'kiosk.consent.refuseBrowse' : 'kiosk.consent.refuseBack')}
            onPress={onRefuse}
          >
            {t('kiosk.consent.refuse')}
          </Button>
        </>
      }
      secondary={<p className={styles['child']}>{t('kiosk.consent.child')}</p>}
    >
      <div className={styles['text']}>
        <Headline>{t('kiosk.consent.title')}</Headline>
        <ul className={styles['points']}>
          <Point icon={<icons.CompareIcon />} title={t('kiosk.consent.compareTitle')}>
            {t('kiosk.consent.compare')}
          </Point>
          <Point icon={<icons.ForgetIcon />} title={t('kiosk.consent.forgetTitle')}>
            {t('kiosk.consent.forget')}
          </Point>
          <Point icon={<icons.KeyIcon />} title={t('kiosk.consent.keepTitle')}>
            {t('kiosk.consent.keep', { count: retentionDays })}
          </Point>
        </ul>
      </div>
    </Paper>
  );
};

const Point = ({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) => (
  <li className={styles['point']}>
    <span className={styles['sign']}>{icon}</span>
    <span>
      <strong className={styles['what']}>{title}</strong>
      {children}
    </span>
  </li>
);
