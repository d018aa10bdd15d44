import type { ReactNode } from 'react';
import styles from './Shelf.module.css';

/** Where photos scroll, when there are more than fit; they fade where the shelf ends. */
export const Shelf = ({ children, label }: { children: ReactNode; label: string }) => (
  <div className={styles['shelf']} role="region" aria-label={label} tabIndex={0}>
    <div className={styles['inside']}>{children}</div>
  </div>
);
