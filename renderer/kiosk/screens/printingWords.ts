import { useTranslation } from 'react-i18next';
import type { FaultCode, OrderProgress, PickUp } from '../../../preload/index.ts';

/** Of a printer's troubles, those that a guest can picture. */
const troubles: Partial<Record<FaultCode, 'kiosk.print.noPaper' | 'kiosk.print.noRibbon' | 'kiosk.print.coverOpen'>> = {
  'printer.no-paper': 'kiosk.print.noPaper',
  'printer.no-ribbon': 'kiosk.print.noRibbon',
  'printer.cover-open': 'kiosk.print.coverOpen',
};

/** What a guest is told of an order. */
export function usePrintingWords(
  { state, sheets, printed, ahead, trouble }: OrderProgress,
  pickUp: PickUp,
  price: string,
): { title: string; lead: string } {
  const { t } = useTranslation();
  const where = t(`kiosk.print.where.${pickUp}`);
  const go = t('kiosk.print.go', { count: sheets, where });
  const outOf = t('kiosk.print.outOf', { count: printed, sheets });
  const heldUp = (trouble && troubles[trouble.code]) ?? 'kiosk.print.heldUp';
  switch (state) {
    case 'unpaid':
      return {
        title: t('kiosk.print.unpaid'),
        lead:
          price === ''
            ? t('kiosk.print.copies', { count: sheets })
            : t('kiosk.print.unpaidLead', { count: sheets, price }),
      };
    case 'waiting':
      return { title: go, lead: ahead > 0 ? t('kiosk.print.ahead', { count: ahead }) : t('kiosk.print.next') };
    case 'printing':
      return { title: go, lead: printed === 0 ? t('kiosk.print.first', { count: sheets }) : outOf };
    case 'held-up':
      return { title: t(heldUp), lead: t('kiosk.print.heldUpLead', { count: sheets - printed }) };
    case 'asked':
      return { title: t('kiosk.print.asked'), lead: t('kiosk.print.askedLead') };
    case 'printed':
      return {
        title: t('kiosk.print.done', { count: sheets, where }),
        lead: t('kiosk.print.doneLead', { count: sheets }),
      };
    case 'cancelled':
      return { title: t('kiosk.print.cancelled', { count: sheets }), lead: t('kiosk.print.cancelledLead') };
  }
}
