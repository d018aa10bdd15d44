import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DenseButton, Panel } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { FolderBrowser } from '../folders/index.ts';
import styles from './events.module.css';

/** Where the event's photos arrive. */
export function EventFolders({
  line,
  folders,
  onChange,
}: {
  line: StaffLine;
  folders: readonly string[];
  onChange: (folders: string[]) => void;
}) {
  const { t } = useTranslation('staff');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Panel title={t('events.folders')}>
      <p>{t('setup.folder.lead')}</p>
      <ul className={styles['folders']}>
        {folders.map((folder) => (
          <li key={folder}>
            <code>{folder}</code>
            <DenseButton kind="plain" onPress={() => onChange(folders.filter((one) => one !== folder))}>
              {t('remove')}
            </DenseButton>
          </li>
        ))}
      </ul>
      <DenseButton onPress={() => setIsOpen(true)}>{t('events.addFolder')}</DenseButton>
      {isOpen && (
        <FolderBrowser
          line={line}
          title={t('events.addFolder')}
          wants="folder"
          onChoose={(folder) => {
            setIsOpen(false);
            onChange([...new Set([...folders, folder])]);
          }}
          onClose={() => setIsOpen(false)}
        />
      )}
    </Panel>
  );
}
