import { useEffect } from 'react';
import styles from './dense.module.css';

interface PinPadProps {
  pin: string;
  labels: { pad: string; erase: string; enter: string };
  isDisabled?: boolean;
  onChange: (pin: string) => void;
  onEnter: () => void;
}

const shortest = 4;
const longest = 12;

/** Figures for a finger, and for a keyboard that is plugged in. What was entered is shown as dots. */
export const PinPad = ({ pin, labels, isDisabled = false, onChange, onEnter }: PinPadProps) => {
  const add = (figure: string) => {
    if (!isDisabled && pin.length < longest) onChange(`${pin}${figure}`);
  };
  const erase = () => {
    if (!isDisabled) onChange(pin.slice(0, -1));
  };
  const enter = () => {
    if (!isDisabled && pin.length >= shortest) onEnter();
  };

  useEffect(() => {
    const press = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent) => {
      if (ctrlKey || metaKey || altKey) return;
      if (/^\d$/.test(key)) add(key);
      else if (key === 'Backspace') erase();
      // A key that has the focus is pressed by it already.
      else if (key === 'Enter' && !(target instanceof HTMLButtonElement)) enter();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });

  return (
    <div role="group" aria-label={labels.pad}>
      <div className={styles['dots']} role="img" aria-label={String(pin.length)}>
        {Array.from({ length: Math.max(shortest, pin.length) }, (_, i) => (
          <span key={i} className={styles['dot']} data-is-set={i < pin.length || undefined} />
        ))}
      </div>
      <div className={styles['pad']}>
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((figure) => (
          <button key={figure} type="button" className={styles['key']} onClick={() => add(figure)}>
            {figure}
          </button>
        ))}
        <button type="button" className={styles['key']} aria-label={labels.erase} onClick={erase}>
          ⌫
        </button>
        <button type="button" className={styles['key']} onClick={() => add('0')}>
          0
        </button>
        <button type="button" className={styles['key']} aria-label={labels.enter} onClick={enter}>
          ↵
        </button>
      </div>
    </div>
  );
};
