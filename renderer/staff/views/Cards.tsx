import type { ReactNode } from 'react';
import styles from './views.module.css';

/** Figures with their names, side by side. */
export const Cards = ({ figures }: { figures: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className={styles['cards']}>
    {figures.map(([name, value]) => (
      <div key={name} className={styles['card']}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
