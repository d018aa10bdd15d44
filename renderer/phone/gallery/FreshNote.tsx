import { useSpeech } from '../speech.ts';
import type { Freshness } from '../createNews.ts';
import styles from './FreshNote.module.css';

/** Says that photos have come. */
export const FreshNote = ({ fresh, isTelling }: Freshness) => {
  const { t } = useSpeech();
  return (
    <p className={styles['note']} role="status" data-told={isTelling || undefined}>
      {isTelling && t('gallery.fresh', { count: fresh.length })}
    </p>
  );
};
