import { useEffect, useRef, type ReactNode } from 'react';
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
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      shown?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles['overlay']}
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
