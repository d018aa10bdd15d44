import { useTranslation } from 'react-i18next';
import { Headline, Lead, ProgressLine, Stage } from '../../ui/index.ts';
import type { PauseProps } from './props.ts';

/** The booth comes back by itself. */
export const Pause = (_: PauseProps) => {
  const { t } = useTranslation();
  return (
    <Stage
      words={
        <>
          <Headline>{t('kiosk.pause.title')}</Headline>
          <Lead>{t('kiosk.pause.lead')}</Lead>
          <ProgressLine />
        </>
      }
    />
  );
};
