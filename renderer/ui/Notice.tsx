import { useTranslation } from 'react-i18next';
import type { FaultCode } from '../../preload/index.ts';
import styles from './Notice.module.css';

/** What staff need to know while a guest waits: what to do, and the code that support and logs speak of. */
export const Notice = ({ code }: { code: FaultCode }) => {
  const { t } = useTranslation();
  return (
    <div className={styles['notice']} role="note">
      <p className={styles['label']}>{t('kiosk.staff')}</p>
      <p>{t(`fault.${code}`)}</p>
      <p className={styles['code']}>{code}</p>
    </div>
  );
};
