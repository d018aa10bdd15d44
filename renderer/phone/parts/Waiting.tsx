import { Screen } from './Screen.tsx';
import styles from './Waiting.module.css';

/** Said only to those who have waited for a while: it would flicker before what comes at once. */
export const Waiting = ({ title }: { title: string }) => (
  <div className={styles['waiting']}>
    <Screen title={title} />
  </div>
);
