import { useId, type ReactNode } from 'react';
import styles from './dense.module.css';

interface DenseButtonProps {
  /** primary: the one thing to do next. plain: words that can be touched. danger: what cannot be undone. */
  kind?: 'primary' | 'choice' | 'plain' | 'danger';
  children: ReactNode;
  /** Stays reachable for those who listen, but does nothing yet. */
  isDisabled?: boolean;
  /** Of one among several to choose from: whether it is chosen. */
  isChosen?: boolean;
  onPress: () => void;
}

export const DenseButton = ({ kind = 'choice', children, isDisabled = false, isChosen, onPress }: DenseButtonProps) => (
  <button
    type="button"
    className={styles['button']}
    data-kind={kind}
    aria-disabled={isDisabled || undefined}
    aria-pressed={isChosen}
    onClick={() => {
      if (!isDisabled) onPress();
    }}
  >
    {children}
  </button>
);

interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** What is wrong with what was entered. */
  wrong?: string | undefined;
  /** @param ids of the control, and of what describes it */
  children: (ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
}

/** A control with its name, what it is for, and what is wrong with it. */
export const Field = ({ label, hint, wrong, children }: FieldProps) => {
  const id = useId();
  const describedBy = `${id}-about`;
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': wrong !== undefined })}
      <span id={describedBy}>
        {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
        {wrong !== undefined && (
          <span className={styles['wrong']} role="alert">
            {' '}
            {wrong}
          </span>
        )}
      </span>
    </div>
  );
};

interface SwitchProps {
  label: string;
  hint?: string;
  isOn: boolean;
  onTurn: (isOn: boolean) => void;
}

export const Switch = ({ label, hint, isOn, onTurn }: SwitchProps) => (
  <button
    type="button"
    role="switch"
    aria-checked={isOn}
    className={styles['switch']}
    onClick={() => {
      onTurn(!isOn);
    }}
  >
    <span className={styles['track']} />
    <span>
      {label}
      {hint !== undefined && <span className={styles['detail']}>{hint}</span>}
    </span>
  </button>
);
