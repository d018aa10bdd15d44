import { useState } from 'react';
import styles from './SecondsRing.module.css';

/** Seconds that run out, as a number in a ring that empties; full at the first it is given. */
export const SecondsRing = ({ secondsLeft, label }: { secondsLeft: number; label: string }) => {
  const [seconds] = useState(Math.max(1, secondsLeft));
  return (
    <div className={styles['ring']} role="timer" aria-label={label}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className={styles['track']} cx="50" cy="50" r="47" />
        <circle
          className={styles['line']}
          cx="50"
          cy="50"
          r="47"
          pathLength={seconds}
          strokeDasharray={seconds}
          strokeDashoffset={Math.min(0, secondsLeft - seconds)}
        />
      </svg>
      <span className={styles['number']} aria-hidden="true">
        {secondsLeft}
      </span>
    </div>
  );
};
