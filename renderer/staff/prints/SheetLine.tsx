import { useTranslation } from 'react-i18next';
import type { PrinterLook, StaffSheet } from '../../../preload/index.ts';
import { DenseButton, Detail, State } from '../../dense/index.ts';
import { useFaultText } from '../useFaultText.ts';
import { orderColours } from './colours.ts';
import { isHeldUp } from './orderState.ts';
import styles from './prints.module.css';

interface SheetLineProps {
  sheet: StaffSheet;
  /** Whose it is. */
  printer: PrinterLook | undefined;
  isBusy: boolean;
  onAnswer: (cameOut: boolean) => void;
  /** undefined where it cannot go to another printer. */
  onResend: (() => void) | undefined;
}

/** One sheet of an order; of one that was lost sight of it is asked whether it came out. */
export function SheetLine({ sheet, printer, isBusy, onAnswer, onResend }: SheetLineProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { number, state, trouble } = sheet;
  const place = printer?.label ?? sheet.printer;
  if (state === 'unclear') {
    return (
      <li className={styles['sheet']}>
        <span>
          <strong>{t('prints.question', { number })}</strong>
          <Detail>{faultText('print.outcome-unclear')}</Detail>
          {place !== undefined && <Detail>{place}</Detail>}
        </span>
        <span className={styles['todo']}>
          <DenseButton isDisabled={isBusy} onPress={() => onAnswer(true)}>
            {t('prints.cameOut')}
          </DenseButton>
          <DenseButton isDisabled={isBusy} onPress={() => onAnswer(false)}>
            {t('prints.notOut')}
          </DenseButton>
        </span>
      </li>
    );
  }
  const word = isHeldUp(sheet) ? 'held-up' : state;
  return (
    <li className={styles['sheet']}>
      <span>
        <span className={styles['pair']}>
          {t('prints.number', { number })}
          <State state={orderColours[word]}>{t(`prints.orderStates.${word}`)}</State>
        </span>
        {place !== undefined && <Detail>{place}</Detail>}
        {word === 'held-up' && trouble !== undefined && <Detail>{faultText(trouble.code)}</Detail>}
      </span>
      <span className={styles['todo']}>
        {onResend !== undefined && <DenseButton onPress={onResend}>{t('prints.resend')}</DenseButton>}
      </span>
    </li>
  );
}
