import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  pageUrl,
  type PrinterLook,
  type StaffOrder,
  type StaffSheet,
  type TemplateLook,
} from '../../../preload/index.ts';
import { DenseButton, Detail, Say, State } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { useTimes } from '../useTimes.ts';
import { orderColours } from './colours.ts';
import { AgainDialog, CancelDialog, ResendDialog } from './OrderDialogs.tsx';
import { mayCancel, orderStateOf, printedOf, printersToSendTo, sheetsToSend, troublesOf } from './orderState.ts';
import styles from './prints.module.css';
import { SheetLine } from './SheetLine.tsx';
import { useTemplateName } from './useTemplateName.ts';

interface OrderRowProps {
  line: StaffLine;
  order: StaffOrder;
  printers: readonly PrinterLook[];
  /** undefined once it is no longer there. */
  template: TemplateLook | undefined;
  onDone: () => void;
}

/** What is asked before it is done. */
type Asking = { at: 'again' } | { at: 'cancel' } | { at: 'resend'; sheets: readonly StaffSheet[] };

/** An order, what can be done about it, and below it those of its sheets that are asked about or were unfolded. */
export function OrderRow({ line, order, printers, template, onDone }: OrderRowProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const templateName = useTemplateName();
  const times = useTimes();
  const doing = useDo(line);
  const sheetsId = useId();
  const [isUnfolded, setIsUnfolded] = useState(false);
  const [asking, setAsking] = useState<Asking>();
  const { orderId, orderedAt, by, page, sheets } = order;
  const state = orderStateOf(order);
  const time = times.time(orderedAt);
  const figures = t('prints.of', { printed: printedOf(order), total: sheets.length });
  const toSend = printersToSendTo(printers).length > 0 ? sheetsToSend(order) : [];
  const shownSheets = isUnfolded ? sheets : sheets.filter((sheet) => sheet.state === 'unclear');
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    onDone();
  };

  return (
    <>
      <tr className={styles['order']} data-goes-on={shownSheets.length > 0 || undefined}>
        <td>
          {page !== undefined && (
            <img className={styles['thumb']} src={pageUrl(page)} alt={t('prints.pageOf', { time })} loading="lazy" />
          )}
        </td>
        <td>
          <span className={styles['who']}>
            {time} · {t(`prints.by.${by}`)}
          </span>
          <Detail>{template === undefined ? order.templateId : templateName(template)}</Detail>
          {page === undefined && <Detail>{t('prints.erased')}</Detail>}
        </td>
        <td>
          <button
            type="button"
            className={styles['fold']}
            aria-label={t('prints.unfold', { of: figures, time })}
            aria-expanded={isUnfolded}
            aria-controls={sheetsId}
            onClick={() => setIsUnfolded(!isUnfolded)}
          >
            {figures}
          </button>
        </td>
        <td>
          <State state={orderColours[state]}>{t(`prints.orderStates.${state}`)}</State>
          {troublesOf(order).map(({ code }) => (
            <Detail key={code}>{faultText(code)}</Detail>
          ))}
        </td>
        <td>
          <div className={styles['todo']}>
            {state === 'unpaid' && (
              <DenseButton
                kind="primary"
                isDisabled={doing.isBusy}
                onPress={() => doing.run('prints:paid', { orderId }, onDone)}
              >
                {t('prints.paid')}
              </DenseButton>
            )}
            {toSend.length > 0 && (
              <DenseButton onPress={() => setAsking({ at: 'resend', sheets: toSend })}>
                {t('prints.resend')}
              </DenseButton>
            )}
            {page !== undefined && ['printed', 'cancelled'].includes(state) && (
              <DenseButton onPress={() => setAsking({ at: 'again' })}>{t('prints.again')}</DenseButton>
            )}
            {mayCancel(order) && (
              <DenseButton onPress={() => setAsking({ at: 'cancel' })}>{t('prints.cancelOrder')}</DenseButton>
            )}
          </div>
          {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
          {asking?.at === 'again' && page !== undefined && (
            <AgainDialog line={line} orderId={orderId} page={page} onClose={close} onDone={done} />
          )}
          {asking?.at === 'cancel' && <CancelDialog line={line} orderId={orderId} onClose={close} onDone={done} />}
          {asking?.at === 'resend' && (
            <ResendDialog line={line} sheets={asking.sheets} printers={printers} onClose={close} onDone={done} />
          )}
        </td>
      </tr>
      {shownSheets.length > 0 && (
        <tr className={styles['unfolded']}>
          <td />
          <td colSpan={4}>
            <ol id={sheetsId} className={styles['sheets']}>
              {shownSheets.map((sheet) => (
                <SheetLine
                  key={sheet.id}
                  sheet={sheet}
                  printer={printers.find(({ name }) => name === sheet.printer)}
                  isBusy={doing.isBusy}
                  onAnswer={(cameOut) => doing.run('prints:answer', { sheetId: sheet.id, cameOut }, onDone)}
                  onResend={
                    // An order of one sheet has that above.
                    sheets.length > 1 && toSend.includes(sheet)
                      ? () => setAsking({ at: 'resend', sheets: [sheet] })
                      : undefined
                  }
                />
              ))}
            </ol>
          </td>
        </tr>
      )}
    </>
  );
}
