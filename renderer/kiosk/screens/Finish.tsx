import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Notice, Paper, Print } from '../../ui/index.ts';
import centre from './Centre.module.css';
import styles from './Finish.module.css';
import type { FinishProps } from './props.ts';

/** Before everything is forgotten: the last chance to go back, or to take a code along. */
export const Finish = ({ photos, hasCode, onShare, onKeep, fault, onErase, onBack, onDone }: FinishProps) => {
  const { t } = useTranslation();
  return (
    <Paper
      words={
        <>
          <Headline>{t('kiosk.finish.title')}</Headline>
          <Lead>{hasCode ? t('kiosk.finish.leadKept') : t('kiosk.finish.lead', { count: photos })}</Lead>
        </>
      }
      primary={
        <Button kind="primary" onPress={onDone}>
          {t('kiosk.finish.done')}
        </Button>
      }
      secondary={
        <>
          <Button kind="plain" onPress={onBack}>
            {t('kiosk.finish.back')}
          </Button>
          <Button kind="plain" onPress={onErase}>
            {t('kiosk.erase.ask')}
          </Button>
        </>
      }
    >
      <div className={centre['centre']}>
        {onShare === undefined && onKeep === undefined ? (
          <Print className={centre['print']} />
        ) : (
          <section className={styles['offer']}>
            <Headline level={2} size="title">
              {t('kiosk.finish.keepTitle')}
            </Headline>
            <Lead>{t(onShare === undefined ? 'kiosk.finish.keepLead' : 'kiosk.finish.shareLead')}</Lead>
            {onShare !== undefined && (
              <Button kind="choice" onPress={onShare}>
                {t('kiosk.share.ask')}
              </Button>
            )}
            {onKeep !== undefined && (
              <Button kind={onShare === undefined ? 'choice' : 'plain'} onPress={onKeep}>
                {t('kiosk.finish.keep')}
              </Button>
            )}
            {fault !== undefined && <Notice code={fault} />}
          </section>
        )}
      </div>
    </Paper>
  );
};
