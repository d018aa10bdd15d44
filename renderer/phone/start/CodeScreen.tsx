import { CodeForm } from '../parts/index.ts';
import { useSpeech } from '../speech.ts';
import { codeLengths, codeOf } from './code.ts';

interface CodeScreenProps {
  isBusy: boolean;
  problem: string | undefined;
  onCode: (code: string) => void;
}

export const CodeScreen = ({ isBusy, problem, onCode }: CodeScreenProps) => {
  const { t } = useSpeech();
  return (
    <CodeForm
      lead={t('code.lead')}
      lengths={codeLengths}
      codeOf={codeOf}
      busyText={isBusy ? t('page.moment') : undefined}
      problem={problem === '' ? t('page.notReached') : problem}
      onCode={onCode}
    />
  );
};
