import styles from './CodeSlots.module.css';

/** So many characters has a code. */
export const codeLength = 8;

/** A code in two groups of four, as far as it is known. */
export const CodeSlots = ({ code }: { code: string }) => (
  <span className={styles['slots']} aria-hidden="true">
    {Array.from({ length: codeLength }, (_, index) => (
      <span key={index} className={styles['slot']} data-next={index === code.length || undefined}>
        {code[index]}
      </span>
    ))}
  </span>
);
