import { FewerIcon, MoreIcon } from './icons.tsx';
import styles from './Stepper.module.css';

interface StepperProps {
  /** What is counted, for those who listen. */
  label: string;
  value: number;
  least: number;
  most: number;
  fewer: string;
  more: string;
  isDisabled?: boolean;
  onChange: (value: number) => void;
}

/** A small number, one up or one down at a touch. */
export const Stepper = (props: StepperProps) => {
  const { label, value, least, most, fewer, more, isDisabled = false, onChange } = props;
  const step = (by: number, name: string, isEnd: boolean, sign: React.ReactNode) => (
    <button
      type="button"
      className={styles['step']}
      aria-label={name}
      aria-disabled={isEnd || isDisabled || undefined}
      onClick={() => {
        if (!isEnd && !isDisabled) onChange(value + by);
      }}
    >
      {sign}
    </button>
  );
  return (
    <div className={styles['stepper']} role="group" aria-label={label}>
      {step(-1, fewer, value <= least, <FewerIcon />)}
      <output className={styles['value']} aria-label={label}>
        {value}
      </output>
      {step(1, more, value >= most, <MoreIcon />)}
    </div>
  );
};
