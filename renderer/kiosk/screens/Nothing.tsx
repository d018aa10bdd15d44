import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Headline, icons, Lead, Notice, Paper, Print } from '../../ui/index.ts';
import styles from './Nothing.module.css';
import type { NothingProps } from './props.ts';

const texts = {
  'no-match': ['kiosk.nothing.noMatch', 'kiosk.nothing.noMatchLead'],
  'no-face': ['kiosk.nothing.noFace', 'kiosk.nothing.noFaceLead'],
  'all-rejected': ['kiosk.nothing.allRejected', 'kiosk.nothing.allRejectedLead'],
  failed: ['kiosk.nothing.failed', 'kiosk.nothing.failedLead'],
} as const;

/** Nothing to show is a beginning: what helps, and where to go from here. */
export const Nothing = (props: NothingProps) => {
  const { t } = useTranslation();
  const { reason, mayBrowse, fault, onAgain, onBrowse, onKeep, onErase, onLeave } = props;
  const [title, lead] = texts[reason];
  return (
    <Paper
      words={
        <>
          <Headline>{t(title)}</Headline>
          <Lead>{t(lead)}</Lead>
          {fault !== undefined && <Notice code={fault} />}
        </>
      }
      primary={
        <Button kind="primary" onPress={onAgain}>
          {t('kiosk.nothing.again')}
        </Button>
      }
      secondary={
        <>
          {onKeep !== undefined && (
            <Button kind="plain" onPress={onKeep}>
              {t('kiosk.nothing.keep')}
            </Button>
          )}
          {mayBrowse && (
            <Button kind="plain" onPress={onBrowse}>
              {t('kiosk.nothing.browse')}
            </Button>
          )}
          {onErase !== undefined && (
            <Button kind="plain" onPress={onErase}>
              {t('kiosk.erase.ask')}
            </Button>
          )}
        </>
      }
      leave={
        <Button kind="plain" onPress={onLeave}>
          {t('kiosk.nothing.leave')}
        </Button>
      }
    >
      {reason !== 'failed' && (
        <section className={styles['help']}>
          <Print className={styles['blank']} />
          <div className={styles['tips']}>
            <Headline level={2} size="title">
              {t('kiosk.nothing.tips')}
            </Headline>
            <ul>
              <Tip icon={<icons.LightIcon />}>{t('kiosk.nothing.tipLight')}</Tip>
              <Tip icon={<icons.GlassesIcon />}>{t('kiosk.nothing.tipGlasses')}</Tip>
              <Tip icon={<icons.EyeIcon />}>{t('kiosk.nothing.tipCamera')}</Tip>
            </ul>
          </div>
        </section>
      )}
    </Paper>
  );
};

const Tip = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <li className={styles['tip']}>
    <span className={styles['sign']}>{icon}</span>
    {children}
  </li>
);
