import styles from './FaceRing.module.css';

export type RingState =
  | { at: 'off' }
  | { at: 'breathing' }
  | { at: 'tight' }
  | { at: 'counting'; secondsLeft: 3 | 2 | 1 }
  | { at: 'holding' };

/** From its top, clockwise. */
const oval = 'M50 1A49 61 0 0 1 50 123A49 61 0 0 1 50 1';

/** Where a face goes: still while there is no picture, breathes while it waits, tightens when the pose is right, then runs out in three steps. What lies outside recedes. */
export const FaceRing = ({ state }: { state: RingState }) => (
  <div className={styles['ring']} data-at={state.at}>
    <svg viewBox="1 1 98 122" aria-hidden="true" focusable="false">
      <path className={styles['track']} d={oval} />
      <path
        className={styles['line']}
        d={oval}
        pathLength="3"
        strokeDasharray="3"
        strokeDashoffset={state.at === 'counting' ? state.secondsLeft - 3 : 0}
      />
    </svg>
  </div>
);
