import { useId, type InputHTMLAttributes } from 'react';
import styles from './Field.module.css';

interface FieldProps extends Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'autoCapitalize' | 'autoComplete' | 'maxLength' | 'enterKeyHint' | 'autoFocus'
> {
  label: string;
  hint?: string | undefined;
  value: string;
  /** Large and wide, for a code. */
  isCode?: boolean;
  onChange: (value: string) => void;
}

export const Field = ({ label, hint, value, isCode = false, onChange, ...input }: FieldProps) => {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <input
        {...input}
        id={id}
        className={styles['input']}
        data-code={isCode || undefined}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        spellCheck={false}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </p>
      )}
    </div>
  );
};
