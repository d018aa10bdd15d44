import { useTranslation } from 'react-i18next';
import { CodeScreen } from './CodeScreen.tsx';
import type { PrintVoucherProps } from './props.ts';

/** What the prints are paid with. */
export const PrintVoucher = (props: PrintVoucherProps) => {
  const { t } = useTranslation();
  return (
    <CodeScreen
      {...props}
      codeLength={8}
      texts={{
        title: t('kiosk.print.voucher'),
        lead: t('kiosk.print.voucherLead'),
        submit: t('kiosk.print.ask'),
        busy: t('kiosk.print.busy'),
        leave: t('kiosk.print.voucherBack'),
      }}
    />
  );
};
