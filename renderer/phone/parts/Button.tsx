import type { ReactNode } from 'react';
import styles from './Button.module.css';

interface ButtonProps {
  /** primary: the one thing to do next. choice: one of equals. plain: words that can be touched. */
  kind: 'primary' | 'choice' | 'plain';
  children: ReactNode;
  /** Sends the form that it is in. */
  isSubmit?: boolean;
  /** Stays reachable for those who listen, but does nothing yet. */
  isDisabled?: boolean;
  onPress?: () => void;
}

export const Button = ({ kind, children, isSubmit = false, isDisabled = false, onPress }: ButtonProps) => (
  <button
    type={isSubmit ? 'submit' : 'button'}
    className={styles[kind]}
    aria-disabled={isDisabled || undefined}
    onClick={(event) => {
      if (isDisabled) event.preventDefault();
      else onPress?.();
    }}
  >
    {children}
  </button>
);

interface FileLinkProps {
  kind: ButtonProps['kind'];
  href: string;
  /** Of the file; empty where the server gives it one. */
  name?: string;
  children: ReactNode;
}

/** The same for what the browser saves by itself. */
export const FileLink = ({ kind, href, name = '', children }: FileLinkProps) => (
  <a className={styles[kind]} href={href} download={name}>
    {children}
  </a>
);
