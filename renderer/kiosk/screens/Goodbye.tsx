import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Print, Stage } from '../../ui/index.ts';
import styles from './Centre.module.css';
import type { GoodbyeProps } from './props.ts';
import { Scene } from './Scene.tsx';

/** What is still to be fetched comes first: nobody is told that everything is gone who has something to take. */
function titleOf(hasCode: boolean, prints: GoodbyeProps['prints']) {
  if (prints !== undefined)
    return prints.state === 'coming' ? 'kiosk.print.comingTitle' : 'kiosk.print.comingUnpaidTitle';
  return hasCode ? 'kiosk.goodbye.titleCode' : 'kiosk.goodbye.title';
}

/** A moment of thanks, in which the picture goes back into the paper, or comes up for good where a code keeps it. */
export const Goodbye = ({ hasCode, erasedFaces, prints, onDone }: GoodbyeProps) => {
  const { t } = useTranslation();
  return (
    <Stage
      onTouch={onDone}
      words={
        <>
          <Headline>{t(titleOf(hasCode, prints))}</Headline>
          {prints !== undefined && (
            <Lead>
              {t(prints.state === 'coming' ? 'kiosk.print.coming' : 'kiosk.print.comingUnpaid', {
                where: t(`kiosk.print.where.${prints.pickUp}`),
              })}
            </Lead>
          )}
          {(prints === undefined || hasCode || erasedFaces !== undefined) && (
            <Lead>
              {erasedFaces === undefined
                ? t(hasCode ? 'kiosk.goodbye.leadCode' : 'kiosk.goodbye.lead')
                : t(erasedFaces > 0 ? 'kiosk.goodbye.leadFaces' : 'kiosk.goodbye.leadErased', { count: erasedFaces })}
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
