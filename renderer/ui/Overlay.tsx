import { useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './Overlay.module.css';

interface OverlayProps {
  label: string;
  /** An alert is announced at once. */
  isAlert?: boolean;
  /** By the keyboard's Escape. */
  onLeave: () => void;
  children: ReactNode;
}

/** Over the whole screen; what lies under it can be neither touched nor reached until it is gone. */
export const Overlay = ({ label, isAlert = false, onLeave, children }: OverlayProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  // The dialog itself has the focus at first: none of its buttons is chosen in advance.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    shown?.focus();
    return () => {
      shown?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles['overlay']}
      tabIndex={-1}
      role={isAlert ? 'alertdialog' : undefined}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onLeave();
      }}
    >
      {children}
    </dialog>
  );
};
