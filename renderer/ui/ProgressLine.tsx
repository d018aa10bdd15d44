import styles from './ProgressLine.module.css';

/** Runs quickly at first, then ever more slowly: something goes on, and how long is not known. */
export const ProgressLine = () => (
  <div className={styles['line']} aria-hidden="true">
    <div className={styles['run']} />
  </div>
);
