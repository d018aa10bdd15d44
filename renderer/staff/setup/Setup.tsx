import { useTranslation } from 'react-i18next';
import { setupSteps, type Language, type Result, type StaffReply, type StaffRequest } from '../../../preload/index.ts';
import { DenseButton, Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useAsked } from '../useAsked.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { CameraStep } from './CameraStep.tsx';
import { ChecksStep } from './ChecksStep.tsx';
import { EventStep } from './EventStep.tsx';
import { FolderStep } from './FolderStep.tsx';
import { LanguageStep } from './LanguageStep.tsx';
import { PinStep } from './PinStep.tsx';
import styles from './Setup.module.css';

export type SetupAnswer = StaffRequest<'setup:answer'>;

/** What each step is given. */
export interface StepProps {
  onAnswer: (answer: SetupAnswer) => void;
  isBusy: boolean;
}

/** One question a screen; it goes on where it was left. */
export function Setup({
  line,
  language,
  onLanguage,
}: {
  line: StaffLine;
  language: Language;
  onLanguage: (language: Language) => void;
}) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { value, fault, again } = useAsked(line, 'setup:open', {});
  const doing = useDo(line);
  const wrong = doing.fault ?? fault;

  const answer = (given: SetupAnswer) => {
    if (given.step === 'language') onLanguage(given.language);
    doing.run('setup:answer', given, again);
  };
  if (value === undefined) return wrong === undefined ? null : <Say>{faultText(wrong.code)}</Say>;
  const { step } = value;
  const number = setupSteps.indexOf(step) + 1;
  return (
    <main className={styles['setup']} data-step={step}>
      <ol className={styles['progress']} aria-label={t('setup.progress', { number, count: setupSteps.length })}>
        {setupSteps.map((one, i) => (
          <li key={one} data-is-done={i < number || undefined} />
        ))}
      </ol>
      <div className={styles['words']}>
        <h1>{t(`setup.${step}.title`)}</h1>
        <p>{t(`setup.${step}.lead`)}</p>
        {wrong !== undefined && <Say detail={wrong.detail}>{faultText(wrong.code)}</Say>}
      </div>
      <CurrentStep key={step} line={line} language={language} known={value} onAnswer={answer} isBusy={doing.isBusy} />
      {number > 1 && (
        <DenseButton kind="plain" onPress={() => doing.run('setup:back', {}, again)}>
          {t('setup.back')}
        </DenseButton>
      )}
    </main>
  );
}

interface CurrentStepProps extends StepProps {
  line: StaffLine;
  language: Language;
  known: Known;
}

type Known = StaffReply<'setup:open'> extends Result<infer T> ? T : never;

function CurrentStep({ line, language, known, ...given }: CurrentStepProps) {
  switch (known.step) {
    case 'language':
      return <LanguageStep language={language} {...given} />;
    case 'camera':
      return <CameraStep camera={known.camera} {...given} />;
    case 'folder':
      return <FolderStep line={line} folder={known.folder} {...given} />;
    case 'event':
      return <EventStep event={known.event} {...given} />;
    case 'checks':
      return <ChecksStep line={line} protection={known.protection} {...given} />;
    case 'pin':
      return <PinStep {...given} />;
  }
}
