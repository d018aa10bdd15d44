import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { inGroups } from '../../../preload/index.ts';
import { useSpeech } from '../speech.ts';
import { Advice } from './Advice.tsx';
import { Button } from './Button.tsx';
import styles from './CodeForm.module.css';
import { Field } from './Field.tsx';
import { Screen } from './Screen.tsx';

interface CodeFormProps {
  lead: ReactNode;
  /** How many characters a code may have, the most last. */
  lengths: readonly number[];
  /** What was typed without what only helps the eye, as far as a code goes. */
  codeOf: (typed: string) => string;
  /** Undefined: the code that was typed is not being tried. */
  busyText: string | undefined;
  problem: string | undefined;
  onCode: (code: string) => void;
}

/** A code is typed, in groups of four, and tried. */
export const CodeForm = ({ lead, lengths, codeOf, busyText, problem, onCode }: CodeFormProps) => {
  const { t } = useSpeech();
  const [typed, setTyped] = useState({ code: '', caret: 0 });
  const { code } = typed;
  const input = useRef<HTMLInputElement>(null);
  // Where a character in the middle is mended, the caret stays with it; the browser would put it at the end of what was grouped anew.
  useLayoutEffect(() => {
    const at = inGroups(typed.code.slice(0, typed.caret)).length;
    input.current?.setSelectionRange(at, at);
  }, [typed]);
  const isWhole = lengths.includes(code.length);
  const isBusy = busyText !== undefined;
  return (
    <form
      className={styles['form']}
      onSubmit={(submit) => {
        submit.preventDefault();
        if (isWhole && !isBusy) onCode(code);
      }}
    >
      <Screen title={t('code.title')} lead={lead}>
        <Field
          label={t('code.label')}
          value={inGroups(code)}
          codeLength={inGroups('0'.repeat(Math.max(...lengths))).length}
          autoFocus
          autoComplete="off"
          autoCapitalize="characters"
          enterKeyHint="go"
          inputRef={input}
          onChange={(value, at) => {
            setTyped({ code: codeOf(value), caret: codeOf(value.slice(0, at)).length });
          }}
        />
        {problem !== undefined && <Advice>{problem}</Advice>}
        {/* Not at the foot, over which the phone's keys come up. */}
        <Button kind="primary" isSubmit isDisabled={!isWhole || isBusy}>
          {busyText ?? t('code.submit')}
        </Button>
      </Screen>
    </form>
  );
};
