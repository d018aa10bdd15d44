import { useTranslation } from 'react-i18next';
import { pageUrl, type PrintPage } from '../../../preload/index.ts';
import styles from './prints.module.css';

/** A sheet as it comes out of the printer. */
export function PageView({ page }: { page: PrintPage }) {
  const { t } = useTranslation('staff');
  return (
    <img
      className={styles['page']}
      style={{ '--aspect': page.width / page.height }}
      src={pageUrl(page)}
      alt={t('prints.preview')}
    />
  );
}
