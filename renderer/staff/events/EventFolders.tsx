import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { watchedFolderSchema, type WatchedFolder } from '../../../preload/index.ts';
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
  folders: readonly WatchedFolder[];
  onChange: (folders: WatchedFolder[]) => void;
}) {
  const { t } = useTranslation('staff');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Panel title={t('events.folders')}>
      <p>{t('setup.folder.lead')}</p>
      <ul className={styles['folders']}>
        {folders.map((folder) => (
          <li key={folder.path}>
            <code>{folder.path}</code>
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
          onChoose={(path) => {
            setIsOpen(false);
            if (folders.some((one) => one.path === path)) return;
            onChange([...folders, watchedFolderSchema.parse(path)]);
          }}
          onClose={() => setIsOpen(false)}
        />
      )}
    </Panel>
  );
}
