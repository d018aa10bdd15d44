import type { PickUp } from '../../../preload/index.ts';
import { icons } from '../../ui/index.ts';
import styles from './WayOut.module.css';

/** An arrow to where the prints come out; to the crew there is none. */
export const WayOut = ({ to }: { to: PickUp }) =>
  to === 'desk' ? (
    <span className={styles['crew']}>
      <icons.CrewIcon />
    </span>
  ) : (
    <svg className={styles['arrow']} data-side={to} viewBox="0 0 120 120" aria-hidden="true">
      <path d="M14 60h88M66 22l38 38-38 38" />
    </svg>
  );
