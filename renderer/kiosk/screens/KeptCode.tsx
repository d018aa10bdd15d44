import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Paper, useFormats } from '../../ui/index.ts';
import styles from './KeptCode.module.css';
import type { KeptCodeProps } from './props.ts';

/** What a guest takes along: a code, on a print to be photographed. */
export const KeptCode = ({ code, expiresOn, onDone }: KeptCodeProps) => {
  const { t } = useTranslation();
  const { day } = useFormats();
  return (
    <Paper
      words={
        <>
          <Headline>{t('kiosk.kept.title')}</Headline>
          <Lead>{t('kiosk.kept.lead')}</Lead>
        </>
      }
      primary={
        <Button kind="primary" onPress={onDone}>
          {t('kiosk.kept.done')}
        </Button>
      }
    >
      <div className={styles['place']}>
        <div className={styles['print']}>
          <p className={styles['code']}>
            <span>{code.slice(0, 4)}</span> <span>{code.slice(4)}</span>
          </p>
          <p className={styles['until']}>{t('kiosk.kept.until', { date: day(expiresOn) })}</p>
        </div>
        <p className={styles['only']}>{t('kiosk.kept.only')}</p>
      </div>
    </Paper>
  );
};
