import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffVisit } from '../../../preload/index.ts';
import { DenseButton, Dialog, Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';

interface WithdrawLinkProps {
  line: StaffLine;
  visit: StaffVisit;
  onWithdrawn: () => void;
}

/** The way to a guest's gallery, and its end: a link may have been passed on, or a phone lost. */
export function WithdrawLink({ line, visit, onWithdrawn }: WithdrawLinkProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [isAsking, setIsAsking] = useState(false);

  function close(): void {
    setIsAsking(false);
    doing.forget();
  }

  return (
    <>
      <DenseButton kind="plain" onPress={() => setIsAsking(true)}>
        {t('visits.withdraw')}
      </DenseButton>
      {isAsking && (
        <Dialog
          title={t('visits.withdrawTitle')}
          onClose={close}
          actions={
            <>
              <DenseButton onPress={close}>{t('cancel')}</DenseButton>
              <DenseButton
                kind="danger"
                isDisabled={doing.isBusy}
                onPress={() =>
                  doing.run('visits:withdraw-link', { visitId: visit.visitId }, () => {
                    close();
                    onWithdrawn();
                  })
                }
              >
                {t(doing.isBusy ? 'busy' : 'visits.withdraw')}
              </DenseButton>
            </>
          }
        >
          <p>{t('visits.withdrawLead')}</p>
          {doing.fault !== undefined && <Say>{faultText(doing.fault.code)}</Say>}
        </Dialog>
      )}
    </>
  );
}
