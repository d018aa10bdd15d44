import { useTranslation } from 'react-i18next';
import type { StaffReply } from '../../../preload/index.ts';
import { Panel, Say } from '../../dense/index.ts';
import { useAsked } from '../useAsked.ts';
import { useFaultText } from '../useFaultText.ts';
import { Cards } from '../views/Cards.tsx';
import type { ViewProps } from '../views/index.ts';
import { Orders } from './Orders.tsx';
import { orderStateOf, type OrderState } from './orderState.ts';
import { Printers, UnfitPrinters } from './Printers.tsx';
import styles from './prints.module.css';
import { Vouchers } from './Vouchers.tsx';

/** The printers and how they are, and what becomes of every order. */
export function Prints({ line }: ViewProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { value, fault, again } = useAsked(line, 'prints:open', {}, { on: 'prints:changed', everyMs: 5_000 });
  const { value: events } = useAsked(line, 'events:list', {}, { on: 'frame:changed' });

  if (value === undefined) return fault === undefined ? null : <Say>{faultText(fault.code)}</Say>;
  const { printers, orders, templates, problems, printed, waiting } = value;
  const takesVouchers = events?.find(({ isActive }) => isActive)?.settings.print.access === 'voucher';
  const countOf = (state: OrderState) => orders.filter((order) => orderStateOf(order) === state).length;
  return (
    <>
      {fault !== undefined && <Say detail={fault.detail}>{faultText(fault.code)}</Say>}
      {value.fault !== undefined && <Say detail={value.fault.detail}>{faultText(value.fault.code)}</Say>}
      <PrinterAdvice opened={value} />
      <Printers line={line} printers={printers.filter(({ isFit }) => isFit)} onDone={again} />
      <Cards
        figures={[
          [t('prints.waiting'), waiting],
          [t('prints.printed'), printed],
          [t('prints.unpaid'), countOf('unpaid')],
          [t('prints.unclear'), countOf('unclear')],
        ]}
      />
      {takesVouchers && <Vouchers line={line} />}
      <Orders line={line} orders={orders} printers={printers} templates={templates} onDone={again} />
      {problems.length > 0 && (
        <Panel title={t('prints.problems')}>
          <p className={styles['quiet']}>{t('prints.problemsLead')}</p>
          <ul className={styles['problems']}>
            {problems.map(({ file, problem }) => (
              <li key={file}>
                <code>{file}</code>
                <span>{problem}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <UnfitPrinters printers={printers.filter(({ isFit }) => !isFit)} />
    </>
  );
}

/** What to do where the booth has nothing to print with. */
function PrinterAdvice({ opened: { printers, fault } }: { opened: Opened }) {
  const { t } = useTranslation('staff');
  const fit = printers.filter(({ isFit }) => isFit);
  // While nobody knows the printers there is nothing to say of them.
  if (fault !== undefined || fit.some(({ isUsed }) => isUsed)) return null;
  if (fit.length > 0) return <Say state="warning">{t('prints.noneUsed')}</Say>;
  return <Say state="warning">{t(printers.length > 0 ? 'prints.noneFits' : 'prints.none')}</Say>;
}

type Opened = Extract<StaffReply<'prints:open'>, { ok: true }>['value'];
