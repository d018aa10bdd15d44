import styles from './Address.module.css';

// Seen by nobody: a line may end here, and may not end here.
const mayEnd = '\u200B';
const mayNotEnd = '\u2060';

/** An address to be typed. It is broken after a slash, where that is not enough before a dot, and at no hyphen, which would seem to be the break's. */
export const Address = ({ address }: { address: string }) => (
  <span className={styles['address']}>
    {address.split(/(?<=\/)/).map((part, i) => (
      <span key={i} className={styles['part']}>
        {part.replaceAll('.', `${mayEnd}.`).replaceAll('-', `-${mayNotEnd}`)}
      </span>
    ))}
  </span>
);
