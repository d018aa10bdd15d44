import { useSpeech } from '../speech.ts';
import styles from './LineNote.module.css';

/** Said quietly while no server answers; nothing has to be done about it. */
export const LineNote = () => {
  const { t } = useSpeech();
  return (
    <p className={styles['note']} role="status">
      {t('page.offline')}
    </p>
  );
};
