import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DenseButton, Panel } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { FolderBrowser } from '../folders/index.ts';
import type { StepProps } from './Setup.tsx';
import styles from './Setup.module.css';

/** Where the photographers' photos arrive. */
export function FolderStep({
  line,
  folder,
  onAnswer,
  isBusy,
}: StepProps & { line: StaffLine; folder: string | undefined }) {
  const { t } = useTranslation('staff');
  const [chosen, setChosen] = useState(folder);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={styles['step']}>
      {chosen !== undefined && (
        <Panel>
          <code>{chosen}</code>
        </Panel>
      )}
      <div className={styles['choices']}>
        <DenseButton kind={chosen === undefined ? 'primary' : 'choice'} onPress={() => setIsOpen(true)}>
          {t(chosen === undefined ? 'setup.folder.choose' : 'setup.folder.other')}
        </DenseButton>
        {chosen !== undefined && (
          <DenseButton kind="primary" isDisabled={isBusy} onPress={() => onAnswer({ step: 'folder', folder: chosen })}>
            {t('setup.next')}
          </DenseButton>
        )}
      </div>
      {isOpen && (
        <FolderBrowser
          line={line}
          title={t('setup.folder.title')}
          wants="folder"
          start={chosen}
          onClose={() => setIsOpen(false)}
          onChoose={(path) => {
            setChosen(path);
            setIsOpen(false);
          }}
        />
      )}
    </div>
  );
}
