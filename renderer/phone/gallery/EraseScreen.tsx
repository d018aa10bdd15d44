import { useState } from 'react';
import { Advice, Button, Screen } from '../parts/index.ts';
import { useSpeech } from '../speech.ts';
import styles from './EraseScreen.module.css';
import type { ShownGallery } from './createGallery.ts';

interface EraseScreenProps {
  erasing: ShownGallery['erasing'];
  onErase: (withFaces: boolean) => void;
  onLeave: () => void;
}

/** What goes and what stays, before the guest decides. */
export const EraseScreen = ({ erasing, onErase, onLeave }: EraseScreenProps) => {
  const { t } = useSpeech();
  const [withFaces, setWithFaces] = useState(false);
  const isBusy = erasing === 'busy';
  return (
    <Screen
      title={t('erase.title')}
      lead={t('erase.lead')}
      actions={
        <>
          {erasing === 'failed' && <Advice>{t('page.notReached')}</Advice>}
          <Button
            kind="primary"
            isDisabled={isBusy}
            onPress={() => {
              onErase(withFaces);
            }}
          >
            {t(isBusy ? 'page.moment' : 'erase.confirm')}
          </Button>
          <Button kind="plain" onPress={onLeave}>
            {t('erase.back')}
          </Button>
        </>
      }
    >
      <label className={styles['faces']}>
        <span className={styles['words']}>
          <span className={styles['label']}>{t('erase.faces')}</span>
          <span className={styles['hint']}>{t('erase.facesLead')}</span>
        </span>
        <input
          type="checkbox"
          role="switch"
          className={styles['switch']}
          checked={withFaces}
          onChange={(event) => {
            setWithFaces(event.target.checked);
          }}
        />
      </label>
      <p className={styles['hint']}>{t('erase.limits')}</p>
    </Screen>
  );
};
