import type { CSSProperties, ReactNode } from 'react';
import styles from './Print.module.css';

interface PrintProps {
  /** What is on it; blank without. */
  children?: ReactNode;
  /** Whether the picture has just come up out of the blank paper, or goes back into it. */
  state?: 'comes-up' | 'fades';
  className?: string | undefined;
  style?: CSSProperties | undefined;
}

/** A photograph's paper, landscape, with its white edge. As large as it is made from outside. */
export const Print = ({ children, state, className, style }: PrintProps) => (
  <div className={[styles['print'], className].join(' ')} data-state={state} style={style} aria-hidden="true">
    <div className={styles['picture']}>{children}</div>
  </div>
);
