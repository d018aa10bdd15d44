import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { inGroups } from '../../../preload/index.ts';
import { Address, Button, Headline, Lead, Paper, QrCode, SecondsRing, useFormats } from '../../ui/index.ts';
import type { ShareProps } from './props.ts';
import styles from './Share.module.css';

/** The guest's photos, to be taken along on the phone: a code as large as there is room, scanned from a step away. */
export const Share = ({ here, home, wifi, code, expiresOn, secondsLeft, onBack, onDone }: ShareProps) => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const steps = useSteps({ here, home, wifi });
  const [only] = steps;
  const typed = (here ?? home)?.shortAddress ?? '';
  return (
    <Paper
      words={
        <>
          <Headline>{t('kiosk.share.title')}</Headline>
          <Lead>{t(`kiosk.share.${leadOf({ here, home, wifi })}`)}</Lead>
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
        {steps.length === 1 ? (
          <div className={styles['alone']}>
            <div className={styles['print']}>
              <QrCode text={only.text} label={only.label} />
            </div>
          </div>
        ) : (
          <ol className={styles['steps']} data-steps={steps.length} data-home={home !== undefined || undefined}>
            {steps.map((step) => (
              <Step key={step.text} {...step} />
            ))}
          </ol>
        )}
        <div className={styles['foot']}>
          <dl className={styles['typed']}>
            <div>
              <dt>{t('kiosk.share.address')}</dt>
              <dd className={styles['address']} data-is-long={typed.length > longAddress || undefined}>
                <Address address={typed} />
              </dd>
            </div>
            <div>
              <dt>{t('kiosk.share.code')}</dt>
              <dd className={styles['code']}>{inGroups(code)}</dd>
            </div>
          </dl>
          <p className={styles['until']}>{t('kiosk.share.until', { date: day(expiresOn) })}</p>
        </div>
      </div>
    </Paper>
  );
};

/** Characters that still stand beside the code in large letters. */
const longAddress = 21;

type Ways = Pick<ShareProps, 'here' | 'home' | 'wifi'>;

interface StepLook {
  /** What the QR code says. */
  text: string;
  label: string;
  /** Where one has to follow the other. */
  number: number | undefined;
  title: string;
  about: ReactNode;
}

const leadOf = ({ here, home, wifi }: Ways) => {
  if (here === undefined) return 'leadHome';
  if (wifi !== undefined) return 'leadWifi';
  return home === undefined ? 'lead' : 'leadBoth';
};

/** What works here and now comes first; what is for later comes last, and smaller. */
function useSteps({ here, home, wifi }: Ways): StepLook[] {
  const { t } = useTranslation();
  const steps: StepLook[] = [];
  const isLed = here !== undefined && wifi !== undefined;
  if (isLed) {
    steps.push({
      ...{ text: wifi.code, label: t('kiosk.share.wifiCode', { name: wifi.name }), number: 1 },
      title: t('kiosk.share.wifi'),
      about:
        wifi.password === '' ? wifi.name : t('kiosk.share.wifiWords', { name: wifi.name, password: wifi.password }),
    });
  }
  if (here !== undefined) {
    steps.push({
      ...{ text: here.url, label: t('kiosk.share.galleryCode'), number: isLed ? 2 : undefined },
      title: t('kiosk.share.gallery'),
      about: t('kiosk.share.galleryLead'),
    });
  }
  if (home !== undefined) {
    steps.push({
      ...{ text: home.url, label: t('kiosk.share.homeCode'), number: undefined },
      title: t('kiosk.share.home'),
      about: (
        <>
          <Address address={home.shortAddress} /> {t('kiosk.share.homeLead')}
        </>
      ),
    });
  }
  return steps;
}

const Step = ({ text, label, number, title, about }: StepLook) => (
  <li className={styles['step']}>
    <div className={styles['print']}>
      <QrCode text={text} label={label} />
    </div>
    <div className={styles['words']}>
      {number !== undefined && (
        <span className={styles['number']} aria-hidden="true">
          {number}
        </span>
      )}
      <div>
        <Headline level={2} size="title">
          {title}
        </Headline>
        <p className={styles['about']}>{about}</p>
      </div>
    </div>
  </li>
);
