import { useTranslation } from 'react-i18next';
import { CodeScreen } from './CodeScreen.tsx';
import type { CodeEntryProps } from './props.ts';

/** For those who come back. */
export const CodeEntry = (props: CodeEntryProps) => {
  const { t } = useTranslation();
  return (
    <CodeScreen
      {...props}
      texts={{
        title: t('kiosk.code.title'),
        lead: t(props.codeLength === 8 ? 'kiosk.code.lead' : 'kiosk.code.leadLong'),
        submit: t('kiosk.code.submit'),
        busy: t('kiosk.code.busy'),
        leave: t('kiosk.code.leave'),
      }}
    />
  );
};
