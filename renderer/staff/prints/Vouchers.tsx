import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { staffRequests, type Voucher } from '../../../preload/index.ts';
import { Actions, DenseButton, Dialog, Field, Panel, Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useAsked } from '../useAsked.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import styles from './prints.module.css';
import { VoucherList } from './VoucherList.tsx';

/** Codes that are good for sheets: made here, handed out by the crew, typed by guests. */
export function Vouchers({ line }: { line: StaffLine }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { value: vouchers, fault, again } = useAsked(line, 'vouchers:list', {}, { on: 'prints:changed' });
  const [open, setOpen] = useState<{ at: 'make' } | { at: 'list' } | { at: 'made'; codes: readonly string[] }>();
  const close = () => setOpen(undefined);
  const used = vouchers?.reduce((sum, voucher) => sum + voucher.used, 0) ?? 0;
  const sheets = vouchers?.reduce((sum, voucher) => sum + voucher.sheets, 0) ?? 0;
  return (
    <Panel title={t('vouchers.title')}>
      {fault !== undefined && <Say>{faultText(fault.code)}</Say>}
      <div className={styles['spread']}>
        <p>
          {vouchers === undefined || vouchers.length === 0
            ? t('vouchers.none')
            : t('vouchers.summary', { count: vouchers.length, used, sheets })}
        </p>
        <Actions>
          {vouchers !== undefined && vouchers.length > 0 && (
            <DenseButton onPress={() => setOpen({ at: 'list' })}>{t('vouchers.list')}</DenseButton>
          )}
          <DenseButton onPress={() => setOpen({ at: 'make' })}>{t('vouchers.make')}</DenseButton>
        </Actions>
      </div>
      {open?.at === 'make' && (
        <MakeVouchers
          line={line}
          onClose={close}
          onMade={(made) => {
            again();
            setOpen({ at: 'made', codes: made.map(({ code }) => code) });
          }}
        />
      )}
      {(open?.at === 'list' || open?.at === 'made') && vouchers !== undefined && (
        <VoucherList
          line={line}
          title={t(open.at === 'made' ? 'vouchers.made' : 'vouchers.title')}
          vouchers={open.at === 'made' ? vouchers.filter(({ code }) => open.codes.includes(code)) : vouchers}
          onChanged={again}
          onClose={close}
        />
      )}
    </Panel>
  );
}

const { count: countSchema, sheets: sheetsSchema } = staffRequests['vouchers:make'].request.shape;

function MakeVouchers({
  line,
  onClose,
  onMade,
}: {
  line: StaffLine;
  onClose: () => void;
  onMade: (vouchers: readonly Voucher[]) => void;
}) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [count, setCount] = useState(20);
  const [sheets, setSheets] = useState(1);
  const isRight = { count: countSchema.safeParse(count).success, sheets: sheetsSchema.safeParse(sheets).success };
  const figure = (name: 'count' | 'sheets', value: number, most: number | null, set: (value: number) => void) => (
    <Field
      label={t(`vouchers.${name}`)}
      hint={t('vouchers.countHint', { most: most ?? 1 })}
      wrong={isRight[name] ? undefined : t('events.wrong')}
    >
      {(ids) => (
        <input
          {...ids}
          type="number"
          min={1}
          max={most ?? undefined}
          value={Number.isNaN(value) ? '' : value}
          onChange={({ target }) => set(target.valueAsNumber)}
        />
      )}
    </Field>
  );
  return (
    <Dialog
      title={t('vouchers.make')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          <DenseButton
            kind="primary"
            isDisabled={doing.isBusy || !isRight.count || !isRight.sheets}
            onPress={() => doing.run('vouchers:make', { count, sheets }, onMade)}
          >
            {t(doing.isBusy ? 'busy' : 'vouchers.make')}
          </DenseButton>
        </>
      }
    >
      {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
      {figure('count', count, countSchema.maxValue, setCount)}
      {figure('sheets', sheets, sheetsSchema.maxValue, setSheets)}
    </Dialog>
  );
}
