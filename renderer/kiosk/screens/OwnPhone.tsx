import { useTranslation } from 'react-i18next';
import { QrCode } from '../../ui/index.ts';
import styles from './OwnPhone.module.css';
import type { OwnPhoneLook } from './props.ts';

/** A print on the tray's rim, for who would rather take the selfie on the phone. Touching it begins a visit as anywhere else. */
export const OwnPhone = ({ startUrl, wifi }: OwnPhoneLook) => {
  const { t } = useTranslation();
  return (
    <figure className={styles['print']}>
      <figcaption className={styles['caption']}>{t('kiosk.attract.phone')}</figcaption>
      <div className={styles['codes']}>
        {wifi !== undefined && (
          <div className={styles['code']}>
            <QrCode text={wifi.code} label={t('kiosk.share.wifiCode', { name: wifi.name })} />
            {t('kiosk.attract.phoneWifi')}
          </div>
        )}
        <div className={styles['code']}>
          <QrCode text={startUrl} label={t('kiosk.attract.phoneCode')} />
          {wifi !== undefined && t('kiosk.attract.phoneStart')}
        </div>
      </div>
    </figure>
  );
};
