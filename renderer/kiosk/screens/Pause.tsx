import { useTranslation } from 'react-i18next';
import { Headline, Lead, Print, ProgressLine, Stage } from '../../ui/index.ts';
import styles from './Centre.module.css';

/** The booth comes back by itself. */
export const Pause = () => {
  const { t } = useTranslation();
  return (
    <Stage
      words={
        <>
          <Headline>{t('kiosk.pause.title')}</Headline>
          <Lead>{t('kiosk.pause.lead')}</Lead>
          <ProgressLine />
        </>
      }
    >
      <div className={styles['centre']}>
        <Print className={styles['print']} />
      </div>
    </Stage>
  );
};
