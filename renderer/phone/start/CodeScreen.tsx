import { useState } from 'react';
import { Advice, Button, Field, Screen } from '../parts/index.ts';
import { useSpeech } from '../speech.ts';
import styles from './CodeScreen.module.css';
import { codeLength, codeOf, codeText } from './codeText.ts';

interface CodeScreenProps {
  isBusy: boolean;
  problem: string | undefined;
  onCode: (code: string) => void;
}

export const CodeScreen = ({ isBusy, problem, onCode }: CodeScreenProps) => {
  const { t } = useSpeech();
  const [code, setCode] = useState('');
  const isWhole = code.length === codeLength;
  return (
    <form
      className={styles['form']}
      onSubmit={(submit) => {
        submit.preventDefault();
        if (isWhole && !isBusy) onCode(code);
      }}
    >
      <Screen title={t('code.title')} lead={t('code.lead')}>
        <Field
          label={t('code.label')}
          value={codeText(code)}
          isCode
          autoFocus
          autoComplete="off"
          autoCapitalize="characters"
          enterKeyHint="go"
          onChange={(typed) => {
            setCode(codeOf(typed));
          }}
        />
        {problem !== undefined && <Advice>{problem === '' ? t('page.notReached') : problem}</Advice>}
        {/* Not at the foot, over which the phone's keys come up. */}
        <Button kind="primary" isSubmit isDisabled={!isWhole || isBusy}>
          {t(isBusy ? 'page.moment' : 'code.submit')}
        </Button>
      </Screen>
    </form>
  );
};
