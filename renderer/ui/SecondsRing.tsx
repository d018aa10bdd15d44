import { useState } from 'react';
import styles from './SecondsRing.module.css';

interface SecondsRingProps {
  secondsLeft: number;
  label: string;
  /** Small, beside other things. */
  isQuiet?: boolean;
}

/** Seconds that run out, as a number in a ring that empties; full at the first it is given. */
export const SecondsRing = ({ secondsLeft, label, isQuiet = false }: SecondsRingProps) => {
  const [seconds] = useState(Math.max(1, secondsLeft));
  return (
    <div className={styles['ring']} data-quiet={isQuiet || undefined} role="timer" aria-label={label}>
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
