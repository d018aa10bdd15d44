import { useTranslation } from 'react-i18next';
import type { PrinterLook } from '../../../preload/index.ts';
import { DenseButton, Detail, Meter, Panel, Say, State, Switch } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { useTimes } from '../useTimes.ts';
import { printerColourOf, troubleColourOf } from './colours.ts';
import { printerWordOf } from './printerState.ts';
import styles from './prints.module.css';

interface PrintersProps {
  line: StaffLine;
  printers: readonly PrinterLook[];
  onDone: () => void;
}

export const Printers = ({ line, printers, onDone }: PrintersProps) => (
  <div className={styles['printers']}>
    {printers.map((printer) => (
      <PrinterCard key={printer.name} line={line} printer={printer} onDone={onDone} />
    ))}
  </div>
);

/** One printer: how it is, what to do about it, and whether the booth prints with it. */
function PrinterCard({ line, printer, onDone }: { line: StaffLine; printer: PrinterLook; onDone: () => void }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const times = useTimes();
  const doing = useDo(line);
  const { name, label, troubles, supplies, sheetsLeft, isUsed, isPaused } = printer;
  const word = printerWordOf(printer);
  const first = troubles.at(0);
  const isHalted = isPaused || word === 'stopped';
  return (
    <Panel title={label}>
      <div className={styles['spread']}>
        <State state={printerColourOf(printer)}>{t(`prints.states.${word}`)}</State>
        {isUsed && word !== 'missing' && (
          <DenseButton
            kind={isHalted ? 'primary' : 'choice'}
            isDisabled={doing.isBusy}
            onPress={() => doing.run('prints:pause', { printer: name, isPaused: !isHalted }, onDone)}
          >
            {t(isHalted ? 'prints.goOn' : 'prints.pause')}
          </DenseButton>
        )}
      </div>
      {first !== undefined && (
        <Say state={troubleColourOf(printer, first)} detail={first.detail}>
          <strong>{faultText(first.code)}</strong>
          {troubles.slice(1).map(({ code }) => (
            <Detail key={code}>{faultText(code)}</Detail>
          ))}
        </Say>
      )}
      {(sheetsLeft !== undefined || supplies.length > 0) && (
        <div className={styles['supplies']} role="group" aria-label={t('prints.supplies')}>
          {sheetsLeft !== undefined && <span>{t('prints.sheetsLeft', { count: sheetsLeft })}</span>}
          {supplies.map((supply, i) => (
            <Meter
              key={i}
              name={supply.name}
              percent={supply.percent}
              said={supply.percent === undefined ? t('prints.unknownLevel') : times.percent(supply.percent)}
            />
          ))}
        </div>
      )}
      {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
      <div className={styles['foot']}>
        <Switch
          label={t('prints.use')}
          isOn={isUsed}
          onTurn={(isOn) => doing.run('prints:use', { printer: name, isUsed: isOn }, onDone)}
        />
      </div>
    </Panel>
  );
}

/** Those that have no paper for any template, and why nothing is made of them. */
export function UnfitPrinters({ printers }: { printers: readonly PrinterLook[] }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  if (printers.length === 0) return null;
  return (
    <section className={styles['unfit']}>
      <h2>{t('prints.unfit')}</h2>
      <ul>
        {printers.map(({ name, label, troubles }) => (
          <li key={name}>
            {label}
            <Detail>{faultText(troubles.at(0)?.code ?? 'printer.wrong-media')}</Detail>
          </li>
        ))}
      </ul>
    </section>
  );
}
