import { useId } from 'react';
import styles from './dense.module.css';

interface StepperProps {
  label: string;
  value: number;
  least: number;
  most: number;
  labels: { less: string; more: string };
  onChange: (value: number) => void;
}

/** A small number, one up or down a touch. */
export const Stepper = ({ label, value, least, most, labels, onChange }: StepperProps) => {
  const id = useId();
  const step = (sign: string, name: string, next: number) => {
    const isAtEnd = next < least || next > most;
    return (
      <button
        type="button"
        className={styles['step']}
        aria-label={name}
        aria-disabled={isAtEnd || undefined}
        onClick={() => {
          if (!isAtEnd) onChange(next);
        }}
      >
        {sign}
      </button>
    );
  };
  return (
    <div className={styles['field']} role="group" aria-labelledby={id}>
      <span id={id} className={styles['label']}>
        {label}
      </span>
      <div className={styles['stepper']}>
        {step('−', labels.less, value - 1)}
        <output>{value}</output>
        {step('+', labels.more, value + 1)}
      </div>
    </div>
  );
};
