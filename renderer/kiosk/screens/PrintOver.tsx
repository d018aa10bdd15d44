import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Paper, Print } from '../../ui/index.ts';
import centre from './Centre.module.css';
import type { PrintOverProps } from './props.ts';

/** No more sheets: why, and the way back. */
export const PrintOver = ({ reason, onBack }: PrintOverProps) => {
  const { t } = useTranslation();
  return (
    <Paper
      words={
        <>
          <Headline>{t(reason === 'guest' ? 'kiosk.print.over' : 'kiosk.print.overAll')}</Headline>
          <Lead>{t(reason === 'guest' ? 'kiosk.print.overLead' : 'kiosk.print.overAllLead')}</Lead>
        </>
      }
      primary={
        <Button kind="primary" onPress={onBack}>
          {t('kiosk.print.back')}
        </Button>
      }
    >
      <div className={centre['centre']}>
        <Print className={centre['print']} />
      </div>
    </Paper>
  );
};
