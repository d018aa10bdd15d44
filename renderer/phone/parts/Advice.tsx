import styles from './Advice.module.css';

/** What to do otherwise, read out as it appears. */
export const Advice = ({ children }: { children: string }) => (
  <p className={styles['advice']} role="alert">
    {children}
  </p>
);
