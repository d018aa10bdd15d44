import { CodeForm } from '../parts/index.ts';
import { useSpeech } from '../speech.ts';
import { claimCodeLength, claimCodeOf } from './claimCode.ts';
import type { ClaimState } from './createClaim.ts';

interface CloudCodeScreenProps {
  state: Exclude<ClaimState, { at: 'opened' }>;
  onCode: (code: string) => void;
}

export const CloudCodeScreen = ({ state, onCode }: CloudCodeScreenProps) => {
  const { t } = useSpeech();
  const problem = state.at === 'open' ? state.problem : undefined;
  const problems = { wrong: t('cloud.codeWrong'), lost: t('cloud.notReached') };
  return (
    <CodeForm
      lead={t('cloud.codeLead')}
      lengths={[claimCodeLength]}
      codeOf={claimCodeOf}
      busyText={state.at === 'trying' ? t('cloud.codeTrying') : undefined}
      problem={problem && problems[problem]}
      onCode={onCode}
    />
  );
};
