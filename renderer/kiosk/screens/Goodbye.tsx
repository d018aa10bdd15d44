import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Print, Stage } from '../../ui/index.ts';
import styles from './Centre.module.css';
import type { GoodbyeProps } from './props.ts';
import { Scene } from './Scene.tsx';

/** A moment of thanks, in which the picture goes back into the paper, or comes up for good where a code keeps it. */
export const Goodbye = ({ hasCode, erasedFaces, prints, onDone }: GoodbyeProps) => {
  const { t } = useTranslation();
  return (
    <Stage
      onTouch={onDone}
      words={
        <>
          <Headline>{t(hasCode ? 'kiosk.goodbye.titleCode' : 'kiosk.goodbye.title')}</Headline>
          <Lead>
            {erasedFaces === undefined
              ? t(hasCode ? 'kiosk.goodbye.leadCode' : 'kiosk.goodbye.lead')
              : t(erasedFaces > 0 ? 'kiosk.goodbye.leadFaces' : 'kiosk.goodbye.leadErased', { count: erasedFaces })}
          </Lead>
          {prints !== undefined && (
            <Lead>
              {t(prints.state === 'coming' ? 'kiosk.print.coming' : 'kiosk.print.comingUnpaid', {
                where: t(`kiosk.print.where.${prints.pickUp}`),
              })}
            </Lead>
          )}
        </>
      }
      secondary={
        <Button kind="plain" onPress={onDone}>
          {t('kiosk.goodbye.done')}
        </Button>
      }
    >
      <div className={styles['centre']}>
        <Print className={styles['print']} state={hasCode ? 'comes-up' : 'fades'}>
          <Scene index={0} />
        </Print>
      </div>
    </Stage>
  );
};
