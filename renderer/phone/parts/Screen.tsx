import { useEffect, useRef, type ReactNode } from 'react';
import styles from './Screen.module.css';

interface ScreenProps {
  title: ReactNode;
  lead?: ReactNode;
  /** Above the title. */
  picture?: ReactNode;
  children?: ReactNode;
  /** What there is to do. */
  actions?: ReactNode;
  /** thumb: always within its reach. beside: the same, the lesser beside the first. end: only after everything has passed the eye. */
  actionsAt?: 'thumb' | 'beside' | 'end';
}

/** One decision: what is said at the top, what is done at the bottom. */
export const Screen = ({ title, lead, picture, children, actions, actionsAt = 'thumb' }: ScreenProps) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A screen that replaces another starts at its top, for the eye as for the ear.
    window.scrollTo(0, 0);
    // Where something is to be typed, that has the focus already.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <main className={styles['screen']}>
      {picture !== undefined && <div className={styles['picture']}>{picture}</div>}
      <div className={styles['words']}>
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {lead !== undefined && lead !== '' && <p className={styles['lead']}>{lead}</p>}
      </div>
      {children}
      {actions !== undefined && <div className={styles[actionsAt]}>{actions}</div>}
    </main>
  );
};
