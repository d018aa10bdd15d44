import type { ReactNode } from 'react';
import styles from './Spoken.module.css';

/** Words for those who listen: what the others see is drawn. */
export const Spoken = ({ children }: { children: ReactNode }) => <span className={styles['spoken']}>{children}</span>;
