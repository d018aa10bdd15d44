import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Stage } from '../../ui/index.ts';
import styles from './Goodbye.module.css';
import type { GoodbyeProps } from './props.ts';

/** The print is blank again. */
export const Goodbye = ({ onDone }: GoodbyeProps) => {
  const { t } = useTranslation();
  return (
    <Stage
      onTouch={onDone}
      words={
        <>
          <Headline>{t('kiosk.goodbye.title')}</Headline>
          <Lead>{t('kiosk.goodbye.lead')}</Lead>
        </>
      }
      secondary={
        <Button kind="plain" onPress={onDone}>
          {t('kiosk.goodbye.done')}
        </Button>
      }
    >
      <div className={styles['place']} aria-hidden="true">
        <div className={styles['blank']} />
      </div>
    </Stage>
  );
};
