import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostCopies, type PrinterLook, type PrintPage, type StaffSheet } from '../../../preload/index.ts';
import { DenseButton, Dialog, Say, State } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { printerColourOf } from './colours.ts';
import { Copies } from './Copies.tsx';
import { printersToSendTo } from './orderState.ts';
import { PageView } from './PageView.tsx';
import { printerWordOf } from './printerState.ts';
import styles from './prints.module.css';

interface OrderDialogProps {
  line: StaffLine;
  onClose: () => void;
  onDone: () => void;
}

/** The same page once more, on as many sheets as are wanted. */
export function AgainDialog({
  line,
  orderId,
  page,
  onClose,
  onDone,
}: OrderDialogProps & { orderId: string; page: PrintPage }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [copies, setCopies] = useState(1);
  return (
    <Dialog
      title={t('prints.againTitle')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          <DenseButton
            kind="primary"
            isDisabled={doing.isBusy}
            onPress={() => doing.run('prints:again', { orderId, copies }, onDone)}
          >
            {t(doing.isBusy ? 'busy' : 'prints.print')}
          </DenseButton>
        </>
      }
    >
      {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
      <div className={styles['place']}>
        <PageView page={page} />
      </div>
      <Copies copies={copies} most={mostCopies} onChange={setCopies} />
    </Dialog>
  );
}

export function CancelDialog({ line, orderId, onClose, onDone }: OrderDialogProps & { orderId: string }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  return (
    <Dialog
      title={t('prints.cancelTitle')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('prints.keep')}</DenseButton>
          <DenseButton
            kind="danger"
            isDisabled={doing.isBusy}
            onPress={() => doing.run('prints:cancel', { orderId }, onDone)}
          >
            {t(doing.isBusy ? 'busy' : 'prints.cancelConfirm')}
          </DenseButton>
        </>
      }
    >
      <p>{t('prints.cancelLead')}</p>
      {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
    </Dialog>
  );
}

/** Where sheets go that have not come out. */
export function ResendDialog({
  line,
  sheets,
  printers,
  onClose,
  onDone,
}: OrderDialogProps & { sheets: readonly StaffSheet[]; printers: readonly PrinterLook[] }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);

  /** One after the other; the first that cannot be sent ends it, and says why. */
  function send(left: readonly StaffSheet[], to: { printer?: string }): void {
    const sheet = left.at(0);
    if (sheet === undefined) onDone();
    else doing.run('prints:send', { sheetId: sheet.id, ...to }, () => send(left.slice(1), to));
  }

  return (
    <Dialog
      title={t('prints.resendTitle')}
      onClose={onClose}
      actions={<DenseButton onPress={onClose}>{t('cancel')}</DenseButton>}
    >
      <p>{t('prints.resendLead', { count: sheets.length })}</p>
      {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
      <div className={styles['ways']}>
        <DenseButton isDisabled={doing.isBusy} onPress={() => send(sheets, {})}>
          {t('prints.anyPrinter')}
        </DenseButton>
        {printersToSendTo(printers).map((printer) => (
          <DenseButton
            key={printer.name}
            isDisabled={doing.isBusy}
            onPress={() => send(sheets, { printer: printer.name })}
          >
            {printer.label}
            <State state={printerColourOf(printer)}>{t(`prints.states.${printerWordOf(printer)}`)}</State>
          </DenseButton>
        ))}
      </div>
    </Dialog>
  );
}
