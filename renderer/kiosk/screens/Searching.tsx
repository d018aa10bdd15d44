import { useTranslation } from 'react-i18next';
import { Headline, Lead, ProgressLine, Stage } from '../../ui/index.ts';
import type { SearchingProps } from './props.ts';
import styles from './Searching.module.css';

/** The guest's own print lies in the developer while the others are looked through. */
export const Searching = ({ stillUrl, photos }: SearchingProps) => {
  const { t } = useTranslation();
  return (
    <Stage
      words={
        <div className={styles['words']} role="status">
          <Headline>{t('kiosk.searching.title')}</Headline>
          <Lead>{t('kiosk.searching.among', { count: photos })}</Lead>
          <ProgressLine />
        </div>
      }
    >
      {stillUrl !== undefined && (
        <div className={styles['place']}>
          <img className={styles['still']} src={stillUrl} alt={t('kiosk.searching.still')} />
        </div>
      )}
    </Stage>
  );
};
