import styles from './dense.module.css';

interface MeterProps {
  name: string;
  /** 0 to 100; undefined where nobody knows. */
  percent: number | undefined;
  /** The figure in words. */
  said: string;
}

/** How much is left of something. */
export const Meter = ({ name, percent, said }: MeterProps) => (
  <div className={styles['meter']}>
    <span>{name}</span>
    <span>{said}</span>
    <span aria-hidden="true">
      <span style={{ width: `${String(percent ?? 0)}%` }} />
    </span>
  </div>
);
