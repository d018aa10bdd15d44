import type { ReactNode } from 'react';
import styles from './Button.module.css';

export interface ButtonProps {
  /** primary: the one thing to do next. choice: one of equals. plain: words that can be touched. */
  kind: 'primary' | 'choice' | 'plain';
  children: ReactNode;
  /** A second, quieter line. */
  hint?: string | undefined;
  /** Stays reachable for those who listen, but does nothing yet. */
  isDisabled?: boolean;
  onPress: () => void;
}

export const Button = ({ kind, children, hint, isDisabled = false, onPress }: ButtonProps) => (
  <button
    type="button"
    className={styles[kind]}
    aria-disabled={isDisabled || undefined}
    onClick={(event) => {
      // A button may lie on a surface that can be touched as a whole.
      event.stopPropagation();
      if (!isDisabled) onPress();
    }}
  >
    <span className={styles['label']}>{children}</span>
    {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
  </button>
);
