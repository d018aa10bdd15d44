import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DenseButton, Dialog, Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useAsked } from '../useAsked.ts';
import { useFaultText } from '../useFaultText.ts';
import styles from './FolderBrowser.module.css';

interface FolderBrowserProps {
  line: StaffLine;
  title: string;
  /** A folder, or one picture in one. */
  wants: 'folder' | 'picture';
  /** Where to begin; the home folder where there is none. */
  start?: string | undefined;
  onChoose: (path: string) => void;
  onClose: () => void;
}

export function FolderBrowser({ line, title, wants, start, onChoose, onClose }: FolderBrowserProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const [dir, setDir] = useState(start);
  const { value, fault } = useAsked(line, 'folders:list', dir === undefined ? {} : { dir });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <DenseButton onPress={onClose}>{t('cancel')}</DenseButton>
          {wants === 'folder' && (
            <DenseButton
              kind="primary"
              isDisabled={value === undefined || fault !== undefined}
              onPress={() => {
                if (value !== undefined) onChoose(value.dir);
              }}
            >
              {t('folders.choose')}
            </DenseButton>
          )}
        </>
      }
    >
      {fault !== undefined && <Say detail={fault.detail}>{faultText(fault.code)}</Say>}
      {value !== undefined && (
        <>
          <div className={styles['places']} role="group" aria-label={t('folders.places')}>
            {value.places.map((place) => (
              <DenseButton key={place.path} onPress={() => setDir(place.path)}>
                {place.name}
              </DenseButton>
            ))}
          </div>
          <p className={styles['here']}>
            <code>{value.dir}</code>
            <span>{t('folders.pictures', { count: value.pictures.length })}</span>
          </p>
          <ul className={styles['list']}>
            {value.parent !== undefined && (
              <Entry sign="↑" name={t('folders.up')} onPress={() => setDir(value.parent)} />
            )}
            {value.folders.map(({ name, path }) => (
              <Entry key={path} sign="▸" name={name} onPress={() => setDir(path)} />
            ))}
            {wants === 'picture' &&
              value.pictures.map(({ name, path }) => (
                <Entry key={path} sign="▣" name={name} onPress={() => onChoose(path)} />
              ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

const Entry = ({ sign, name, onPress }: { sign: string; name: string; onPress: () => void }) => (
  <li>
    <button type="button" className={styles['entry']} onClick={onPress}>
      <span aria-hidden="true">{sign}</span>
      {name}
    </button>
  </li>
);
