import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inGroups, type Voucher } from '../../../preload/index.ts';
import { Actions, DenseButton, Dialog, Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { copyText } from './copyText.ts';
import styles from './prints.module.css';

interface VoucherListProps {
  line: StaffLine;
  title: string;
  vouchers: readonly Voucher[];
  onChanged: () => void;
  onClose: () => void;
}

/** Codes large enough to be copied by hand, and how much of each is used. */
export function VoucherList({ line, title, vouchers, onChanged, onClose }: VoucherListProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [copied, setCopied] = useState<boolean>();
  /** The code that is asked about. */
  const [removing, setRemoving] = useState<string>();

  return (
    <Dialog
      isWide
      title={title}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={() => setCopied(copyText(vouchers.map(({ code }) => inGroups(code)).join('\n')))}>
            {t(copied === true ? 'vouchers.copied' : 'vouchers.copy')}
          </DenseButton>
          <DenseButton kind="primary" onPress={onClose}>
            {t('close')}
          </DenseButton>
        </>
      }
    >
      <p>{t('vouchers.listLead')}</p>
      {copied === false && <Say state="warning">{t('vouchers.notCopied')}</Say>}
      {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
      <ul className={styles['vouchers']}>
        {vouchers.map(({ code, sheets, used }) => (
          <li key={code} className={styles['voucher']} data-is-used-up={used >= sheets || undefined}>
            <code>{inGroups(code)}</code>
            {removing === code ? (
              <>
                <p className={styles['quiet']}>{t('vouchers.removeLead')}</p>
                <Actions>
                  <DenseButton onPress={() => setRemoving(undefined)}>{t('vouchers.keep')}</DenseButton>
                  <DenseButton
                    kind="danger"
                    isDisabled={doing.isBusy}
                    onPress={() => {
                      setRemoving(undefined);
                      doing.run('vouchers:remove', { code }, onChanged);
                    }}
                  >
                    {t('remove')}
                  </DenseButton>
                </Actions>
              </>
            ) : (
              <span className={styles['spread']}>
                <span className={styles['quiet']}>{t('vouchers.used', { used, sheets })}</span>
                <DenseButton kind="plain" onPress={() => setRemoving(code)}>
                  {t('remove')}
                </DenseButton>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
