import { useTranslation } from 'react-i18next';
import { faultCodes, type Notice } from '../../preload/index.ts';
import { DenseButton, Say } from '../dense/index.ts';
import type { StaffLine } from './desk.ts';
import styles from './StaffFrame.module.css';
import { useDo } from './useDo.ts';
import { useFaultText } from './useFaultText.ts';
import { useTimes } from './useTimes.ts';

/** What the crew has to know and would not look for, until they have read it. */
export function Notices({
  line,
  notices,
  onDone,
}: {
  line: StaffLine;
  notices: readonly Notice[];
  onDone: () => void;
}) {
  const { t } = useTranslation('staff');
  const { run } = useDo(line);
  const times = useTimes();
  const faultText = useFaultText();
  return notices.map(({ id, code, at, values }) => {
    const when = values['backedUpAt'];
    const trouble = faultCodes.find((fault) => fault === values['code']);
    const said = {
      ...values,
      trouble: trouble === undefined ? '' : faultText(trouble),
      when: typeof when === 'string' ? times.full(when) : '',
      count: Number(values['files'] ?? 0),
    };
    return (
      <Say key={id} state="warning" detail={times.full(at)}>
        <div className={styles['notice']}>
          <span>{t(`notices.${code}`, said)}</span>
          <DenseButton onPress={() => run('notices:dismiss', { id }, onDone)}>{t('notices.dismiss')}</DenseButton>
        </div>
      </Say>
    );
  });
}
