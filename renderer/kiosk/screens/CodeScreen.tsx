import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, CodeSlots, Headline, Keypad, Lead, Paper, Spoken } from '../../ui/index.ts';
import styles from './CodeScreen.module.css';
import type { PrintVoucherProps } from './props.ts';

interface CodeScreenProps extends PrintVoucherProps {
  codeLength: 8 | 12;
  texts: Record<'title' | 'lead' | 'submit' | 'busy' | 'leave', string>;
}

/** A code, typed on the print that it is found on. */
export const CodeScreen = ({ codeLength, texts, fault, isBusy, onSubmit, onLeave }: CodeScreenProps) => {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  // What was said of the last code no longer holds once it is changed.
  const [isChanged, setChanged] = useState(false);
  // Where codes are longer, shorter ones have been given before.
  const isComplete = code.length === 8 || code.length === codeLength;

  const add = (character: string): void => {
    setCode((before) => (before + character).slice(0, codeLength));
    setChanged(true);
  };
  const erase = (): void => {
    setCode((before) => before.slice(0, -1));
    setChanged(true);
  };
  useTyping(add, erase);

  return (
    <Paper
      words={
        <>
          <Headline>{texts.title}</Headline>
          <div role="status">
            {fault !== undefined && !isChanged && !isBusy ? (
              <p className={styles['fault']}>{t(`fault.${fault}`)}</p>
            ) : (
              <Lead>{texts.lead}</Lead>
            )}
          </div>
        </>
      }
      primary={
        <Button
          kind="primary"
          isDisabled={!isComplete || isBusy}
          onPress={() => {
            setChanged(false);
            onSubmit(code);
          }}
        >
          {isBusy ? texts.busy : texts.submit}
        </Button>
      }
      leave={
        <Button kind="plain" onPress={onLeave}>
          {texts.leave}
        </Button>
      }
    >
      <div className={styles['entry']}>
        <div className={styles['print']}>
          <output className={styles['code']} aria-label={t('kiosk.code.slots')}>
            <CodeSlots code={code} length={codeLength} />
            <Spoken>{code === '' ? t('kiosk.code.empty') : code.split('').join(' ')}</Spoken>
          </output>
        </div>
        <Keypad onCharacter={add} onErase={erase} />
      </div>
    </Paper>
  );
};

/** A keyboard or a scanner may be attached. What Crockford's base 32 leaves out is read as what it looks like. */
const useTyping = (add: (character: string) => void, erase: () => void): void => {
  useEffect(() => {
    const type = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void => {
      if (ctrlKey || metaKey || altKey) return;
      if (key === 'Backspace') erase();
      else if (/^[0-9a-tv-z]$/i.test(key)) add(key.toUpperCase().replace('O', '0').replace(/[IL]/, '1'));
    };
    addEventListener('keydown', type);
    return () => {
      removeEventListener('keydown', type);
    };
  });
};
