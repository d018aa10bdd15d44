import { useId, type InputHTMLAttributes, type Ref } from 'react';
import { Advice } from './Advice.tsx';
import styles from './Field.module.css';

interface FieldProps extends Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'inputMode' | 'autoCapitalize' | 'autoComplete' | 'maxLength' | 'enterKeyHint' | 'autoFocus'
> {
  label: string;
  hint?: string | undefined;
  /** What is to be mended in what was typed. */
  problem?: string | undefined;
  value: string;
  /** Large and wide, for a code of so many characters. */
  codeLength?: number;
  inputRef?: Ref<HTMLInputElement>;
  /** @param caret how many characters lie before it */
  onChange: (value: string, caret: number) => void;
}

export const Field = ({ label, hint, problem, value, codeLength, inputRef, onChange, ...input }: FieldProps) => {
  const id = useId();
  const said = [hint !== undefined && `${id}-hint`, problem !== undefined && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <input
        {...input}
        ref={inputRef}
        id={id}
        className={styles['input']}
        data-code={codeLength !== undefined || undefined}
        style={codeLength === undefined ? undefined : { '--characters': codeLength }}
        aria-describedby={said === '' ? undefined : said}
        aria-invalid={problem !== undefined || undefined}
        spellCheck={false}
        value={value}
        onChange={(event) => {
          const { value: typed, selectionStart } = event.target;
          onChange(typed, selectionStart ?? typed.length);
        }}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </p>
      )}
      {problem !== undefined && <Advice id={`${id}-problem`}>{problem}</Advice>}
    </div>
  );
};
