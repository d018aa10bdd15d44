import { useTranslation } from 'react-i18next';
import { pageUrl } from '../../../preload/index.ts';
import { Button, Headline, Lead, Notice, ProgressLine, SecondsRing, Sheet, Stage } from '../../ui/index.ts';
import styles from './Printing.module.css';
import { usePrintingWords } from './printingWords.ts';
import type { PrintingProps } from './props.ts';
import { WayOut } from './WayOut.tsx';

/** From here on the seconds are shown. */
const lastSeconds = 30;

/** The sheet is on its way: where to take it, and how far it is. Whoever goes on meanwhile loses nothing. */
export const Printing = ({ order, page, pickUp, price, secondsLeft, onAgain, onBack, onDone }: PrintingProps) => {
  const { t } = useTranslation();
  const { title, lead } = usePrintingWords(order, pickUp, price);
  const { state, sheets, printed, trouble } = order;
  // Before anything comes out, the way leads to the crew.
  const wayTo = state === 'unpaid' ? 'desk' : pickUp;
  const isStuck = state === 'held-up' || state === 'asked';
  const isOver = state === 'printed' || state === 'cancelled';
  return (
    <Stage
      words={
        <>
          <div className={styles['words']} role="status">
            <Headline>{title}</Headline>
            <Lead>{lead}</Lead>
          </div>
          {state === 'printing' && <ProgressLine key={printed} />}
          {sheets > 1 && state !== 'cancelled' && (
            <Sheets sheets={sheets} printed={printed} isPrinting={state === 'printing'} />
          )}
          {isStuck && trouble !== undefined && <Notice code={trouble.code} />}
        </>
      }
      primary={
        <Button kind="primary" onPress={onBack}>
          {t('kiosk.print.backToPhotos')}
        </Button>
      }
      secondary={
        isOver &&
        onAgain !== undefined && (
          <Button kind="plain" onPress={onAgain}>
            {t('kiosk.print.again')}
          </Button>
        )
      }
      leave={
        <span className={styles['leave']}>
          <Button kind="plain" onPress={onDone}>
            {t('kiosk.results.finish')}
          </Button>
          {secondsLeft <= lastSeconds && (
            <SecondsRing isQuiet secondsLeft={secondsLeft} label={t('kiosk.idle.seconds', { count: secondsLeft })} />
          )}
        </span>
      }
    >
      <div className={styles['way']} data-side={wayTo}>
        <div className={styles['place']}>
          <div className={styles['sheet']}>
            <Sheet url={pageUrl(page)} aspect={page.width / page.height} alt={t('kiosk.print.preview', { count: 1 })} />
          </div>
        </div>
        <div className={styles['out']} data-quiet={isStuck || state === 'cancelled' || undefined}>
          <WayOut to={wayTo} />
        </div>
      </div>
    </Stage>
  );
};

/** One small sheet for each. */
const Sheets = ({ sheets, printed, isPrinting }: { sheets: number; printed: number; isPrinting: boolean }) => (
  <ol className={styles['sheets']} aria-hidden="true">
    {Array.from({ length: sheets }, (_, index) => (
      <li
        key={index}
        className={styles['mark']}
        data-state={index < printed ? 'printed' : index === printed && isPrinting ? 'printing' : undefined}
      />
    ))}
  </ol>
);
