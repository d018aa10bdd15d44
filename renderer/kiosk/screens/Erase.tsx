import { useTranslation } from 'react-i18next';
import { Button, Headline, icons, Lead, Notice, Paper } from '../../ui/index.ts';
import styles from './Erase.module.css';
import type { EraseProps } from './props.ts';

/** What goes, and the offer to go out of the photos' index as well. */
export const Erase = ({ withFaces, isBusy, fault, onWithFaces, onConfirm, onBack }: EraseProps) => {
  const { t } = useTranslation();
  return (
    <Paper
      words={
        <>
          <Headline>{t('kiosk.erase.title')}</Headline>
          <Lead>{t('kiosk.erase.lead')}</Lead>
          {fault !== undefined && <Notice code={fault} />}
        </>
      }
      primary={
        <Button kind="primary" isDisabled={isBusy} onPress={onConfirm}>
          {t(isBusy ? 'kiosk.erase.busy' : 'kiosk.erase.confirm')}
        </Button>
      }
      secondary={
        <Button kind="plain" isDisabled={isBusy} onPress={onBack}>
          {t('kiosk.erase.back')}
        </Button>
      }
    >
      <div className={styles['offer']}>
        <button
          type="button"
          role="switch"
          aria-checked={withFaces}
          className={styles['switch']}
          onClick={() => {
            onWithFaces(!withFaces);
          }}
        >
          <span className={styles['box']}>{withFaces && <icons.CheckIcon />}</span>
          <span>
            <strong className={styles['what']}>{t('kiosk.erase.faces')}</strong>
            {t('kiosk.erase.facesLead')}
          </span>
        </button>
        <p className={styles['limits']}>{t('kiosk.erase.limits')}</p>
      </div>
    </Paper>
  );
};
