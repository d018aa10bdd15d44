import { useTranslation } from 'react-i18next';
import { inGroups } from '../../../preload/index.ts';
import { Address, Button, Headline, Lead, Paper, useFormats } from '../../ui/index.ts';
import styles from './KeptCode.module.css';
import type { KeptCodeProps } from './props.ts';

/** What a guest takes along: a code, on a print to be photographed. */
export const KeptCode = ({ code, homeAddress, expiresOn, onDone }: KeptCodeProps) => {
  const { t } = useTranslation();
  const { day } = useFormats();
  return (
    <Paper
      words={
        <>
          <Headline>{t('kiosk.kept.title')}</Headline>
          <Lead>{t(homeAddress === undefined ? 'kiosk.kept.lead' : 'kiosk.kept.leadHome')}</Lead>
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
          <p className={styles['code']} data-length={code.length}>
            {inGroups(code)}
          </p>
          <p className={styles['until']}>{t('kiosk.kept.until', { date: day(expiresOn) })}</p>
          {homeAddress !== undefined && (
            <p className={styles['home']}>
              {t('kiosk.kept.home')}
              <Address address={homeAddress} />
            </p>
          )}
        </div>
        <p className={styles['only']}>{t('kiosk.kept.only')}</p>
      </div>
    </Paper>
  );
};
