import { useEffect, useId, useRef, type ReactNode } from 'react';
import styles from './dense.module.css';

/** A group of things that belong together. */
export const Panel = ({ title, children }: { title?: string; children: ReactNode }) => (
  <section className={styles['panel']}>
    {title !== undefined && <h2>{title}</h2>}
    {children}
  </section>
);

/** @param columns names; those that hold figures are aligned at the end */
export const Table = ({
  label,
  columns,
  children,
}: {
  label: string;
  columns: readonly { name: string; isFigure?: boolean }[];
  children: ReactNode;
}) => (
  <div className={styles['scroll']} tabIndex={0} role="region" aria-label={label}>
    <table className={styles['table']}>
      <thead>
        <tr>
          {columns.map(({ name, isFigure = false }) =>
            // What is done with a row needs no name.
            name === '' ? (
              <td key={name} />
            ) : (
              <th key={name} scope="col" data-figure={isFigure || undefined}>
                {name}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

export type DenseState = 'good' | 'warning' | 'bad' | 'idle';

/** A state in words; its colour only repeats them. */
export const State = ({ state, children }: { state: DenseState; children: ReactNode }) => (
  <span className={styles['state']} data-state={state}>
    {children}
  </span>
);

/** Something to be told, and what it is exactly. */
export const Say = ({
  state = 'bad',
  detail,
  children,
}: {
  state?: DenseState;
  detail?: string | undefined;
  children: ReactNode;
}) => (
  <div className={styles['say']} data-state={state} role={state === 'bad' ? 'alert' : 'status'}>
    {children}
    {detail !== undefined && detail !== '' && <span className={styles['detail']}>{detail}</span>}
  </div>
);

export const Detail = ({ children }: { children: ReactNode }) => <span className={styles['detail']}>{children}</span>;

/** What is done next; the last is nearest to the thumb. */
export const Actions = ({ children }: { children: ReactNode }) => <div className={styles['actions']}>{children}</div>;

/** A question that has to be answered before anything else. @param isWide it shows a picture, or many things */
export const Dialog = ({
  title,
  isWide = false,
  children,
  actions,
  onClose,
}: {
  title: string;
  isWide?: boolean;
  children: ReactNode;
  actions: ReactNode;
  onClose: () => void;
}) => {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <div
      className={styles['veil']}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <div
        ref={box}
        className={styles['dialog']}
        data-is-wide={isWide || undefined}
        role="dialog"
        aria-modal="true"
        aria-labelledby={id}
        tabIndex={-1}
      >
        <h2 id={id}>{title}</h2>
        {children}
        <Actions>{actions}</Actions>
      </div>
    </div>
  );
};
