import type { ReactNode } from 'react';
import { useSpeech } from '../speech.ts';
import styles from './Foot.module.css';

interface FootProps {
  /** Whether there are photos, and others may still come. */
  isFilling: boolean;
  /** ISO 8601. */
  expiresAt: string;
  children: ReactNode;
}

/** What is said under the photos: how long they are here, and how they go. */
export const Foot = ({ isFilling, expiresAt, children }: FootProps) => {
  const { t, day } = useSpeech();
  return (
    <footer className={styles['foot']}>
      {isFilling && <p>{t('gallery.live')}</p>}
      <p>{t('gallery.until', { date: day(expiresAt) })}</p>
      {children}
    </footer>
  );
};
