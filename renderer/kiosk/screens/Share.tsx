import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Paper, QrCode, SecondsRing, useFormats } from '../../ui/index.ts';
import type { ShareProps } from './props.ts';
import styles from './Share.module.css';

/** The guest's photos, to be taken along on the phone: a code as large as there is room, scanned from a step away. */
export const Share = ({ url, wifi, shortAddress, code, expiresOn, secondsLeft, onBack, onDone }: ShareProps) => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const gallery = <QrCode text={url} label={t('kiosk.share.galleryCode')} />;
  return (
    <Paper
      words={
        <>
          <Headline>{t('kiosk.share.title')}</Headline>
          <Lead>{t(wifi === undefined ? 'kiosk.share.lead' : 'kiosk.share.leadWifi')}</Lead>
        </>
      }
      primary={
        <Button kind="primary" onPress={onDone}>
          {t('kiosk.share.done')}
        </Button>
      }
      secondary={
        <Button kind="plain" onPress={onBack}>
          {t('kiosk.share.back')}
        </Button>
      }
      leave={
        <span className={styles['leaving']}>
          <SecondsRing isQuiet secondsLeft={secondsLeft} label={t('kiosk.idle.seconds', { count: secondsLeft })} />
          {t('kiosk.share.leaving')}
        </span>
      }
    >
      <div className={styles['share']}>
        {wifi === undefined ? (
          <div className={styles['alone']}>
            <div className={styles['print']}>{gallery}</div>
          </div>
        ) : (
          <ol className={styles['steps']}>
            <li className={styles['step']}>
              <div className={styles['print']}>
                <QrCode text={wifi.code} label={t('kiosk.share.wifiCode', { name: wifi.name })} />
              </div>
              <StepWords number={1} title={t('kiosk.share.wifi')}>
                {wifi.password === '' ? wifi.name : t('kiosk.share.wifiWords', { ...wifi })}
              </StepWords>
            </li>
            <li className={styles['step']}>
              <div className={styles['print']}>{gallery}</div>
              <StepWords number={2} title={t('kiosk.share.gallery')}>
                {t('kiosk.share.galleryLead')}
              </StepWords>
            </li>
          </ol>
        )}
        <div className={styles['foot']}>
          <dl className={styles['typed']}>
            <div>
              <dt>{t('kiosk.share.address')}</dt>
              <dd className={styles['address']}>{shortAddress}</dd>
            </div>
            <div>
              <dt>{t('kiosk.share.code')}</dt>
              <dd className={styles['code']}>
                {code.slice(0, 4)} {code.slice(4)}
              </dd>
            </div>
          </dl>
          <p className={styles['until']}>{t('kiosk.share.until', { date: day(expiresOn) })}</p>
        </div>
      </div>
    </Paper>
  );
};

const StepWords = ({ number, title, children }: { number: number; title: string; children: string }) => (
  <div className={styles['words']}>
    <span className={styles['number']} aria-hidden="true">
      {number}
    </span>
    <div>
      <Headline level={2} size="title">
        {title}
      </Headline>
      <p className={styles['about']}>{children}</p>
    </div>
  </div>
);
