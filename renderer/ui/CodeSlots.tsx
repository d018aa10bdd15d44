import styles from './CodeSlots.module.css';

const groupLength = 4;

interface CodeSlotsProps {
  code: string;
  /** So many characters has a code. */
  length: 8 | 12;
}

/** A code in groups of four, as far as it is known. */
export const CodeSlots = ({ code, length }: CodeSlotsProps) => (
  <span className={styles['slots']} data-length={length} aria-hidden="true">
    {Array.from({ length: length / groupLength }, (_, group) => (
      <span key={group} className={styles['group']}>
        {Array.from({ length: groupLength }, (_, place) => group * groupLength + place).map((index) => (
          <span key={index} className={styles['slot']} data-next={index === code.length || undefined}>
            {code[index]}
          </span>
        ))}
      </span>
    ))}
  </span>
);
