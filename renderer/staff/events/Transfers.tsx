import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffEvent, Transfer } from '../../../preload/index.ts';
import { DenseButton, Dialog, Field, Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { FolderBrowser } from '../folders/index.ts';
import { isUsable, NewPassphrase, noPassphrase } from '../NewPassphrase.tsx';
import { useAsked } from '../useAsked.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import styles from './events.module.css';

/** How the export or import that is under way gets on, or how the last one ended. */
export function TransferState({ line, onDone }: { line: StaffLine; onDone: () => void }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { value } = useAsked(line, 'transfer:open', {});
  const [told, setTold] = useState<Transfer>();
  const transfer = told ?? value?.transfer;

  useEffect(
    () =>
      line.onEvent('transfer:changed', (now) => {
        setTold(now);
        if (now.at === 'done') onDone();
      }),
    [line, onDone],
  );

  if (transfer === undefined) return null;
  const { kind, at, folder, doneFiles, totalFiles, fault, problems = [] } = transfer;
  switch (at) {
    case 'running':
      return (
        <Say state="idle" detail={folder}>
          {t(`transfer.running.${kind}`, { done: doneFiles, count: totalFiles })}
          <progress className={styles['progress']} value={doneFiles} max={Math.max(1, totalFiles)} />
        </Say>
      );
    case 'done':
      return (
        <Say state="good" detail={folder}>
          {t(`transfer.done.${kind}`)}
        </Say>
      );
    case 'failed':
      return <Say detail={fault?.detail}>{faultText(fault?.code ?? 'engine.failed')}</Say>;
    case 'damaged':
      return (
        <Say detail={folder}>
          {t('transfer.damaged', { count: problems.length })}
          <ul className={styles['problems']}>
            {problems.map(({ file, problem }) => (
              <li key={file}>
                <code>{file}</code> {t(`transfer.problems.${problem}`)}
              </li>
            ))}
          </ul>
        </Say>
      );
  }
}

export function ExportDialog({ line, event, onClose }: { line: StaffLine; event: StaffEvent; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [folder, setFolder] = useState<string>();
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const [isBrowsing, setIsBrowsing] = useState(false);
  if (isBrowsing) {
    return (
      <FolderBrowser
        line={line}
        title={t('transfer.where')}
        wants="folder"
        onClose={() => setIsBrowsing(false)}
        onChoose={(chosen) => {
          setFolder(chosen);
          setIsBrowsing(false);
        }}
      />
    );
  }
  return (
    <Dialog
      title={t('transfer.export')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          <DenseButton
            kind="primary"
            isDisabled={folder === undefined || !isUsable(passphrase) || doing.isBusy}
            onPress={() => {
              if (folder === undefined) return;
              doing.run('events:export', { id: event.id, folder, passphrase: passphrase.first }, onClose);
            }}
          >
            {t('transfer.export')}
          </DenseButton>
        </>
      }
    >
      <p>{t('transfer.exportLead')}</p>
      {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
      {folder !== undefined && <code>{folder}</code>}
      <DenseButton onPress={() => setIsBrowsing(true)}>{t('transfer.where')}</DenseButton>
      <NewPassphrase value={passphrase} onChange={setPassphrase} />
    </Dialog>
  );
}

export function ImportDialog({ line, onClose }: { line: StaffLine; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [folder, setFolder] = useState<string>();
  const [passphrase, setPassphrase] = useState('');
  const [isBrowsing, setIsBrowsing] = useState(false);
  if (isBrowsing) {
    return (
      <FolderBrowser
        line={line}
        title={t('transfer.which')}
        wants="folder"
        onClose={() => setIsBrowsing(false)}
        onChoose={(chosen) => {
          setFolder(chosen);
          setIsBrowsing(false);
        }}
      />
    );
  }
  return (
    <Dialog
      title={t('transfer.import')}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          <DenseButton
            kind="primary"
            isDisabled={folder === undefined || passphrase === '' || doing.isBusy}
            onPress={() => {
              if (folder !== undefined) doing.run('events:import', { folder, passphrase }, onClose);
            }}
          >
            {t('transfer.import')}
          </DenseButton>
        </>
      }
    >
      <p>{t('transfer.importLead')}</p>
      {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
      {folder !== undefined && <code>{folder}</code>}
      <DenseButton onPress={() => setIsBrowsing(true)}>{t('transfer.which')}</DenseButton>
      <Field label={t('locks.passphrase')} hint={t('transfer.passphraseHint')}>
        {(ids) => (
          <input
            {...ids}
            type="password"
            autoComplete="off"
            value={passphrase}
            onChange={({ target }) => setPassphrase(target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
