import styles from './Advice.module.css';

/** What to do otherwise, read out as it appears. */
export const Advice = ({ id, children }: { id?: string; children: string }) => (
  <p id={id} className={styles['advice']} role="alert">
    {children}
  </p>
);
