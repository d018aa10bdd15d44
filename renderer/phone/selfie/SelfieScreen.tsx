import { useStore } from 'zustand';
import { icons } from '../../ui/index.ts';
import { Advice, Button, Screen } from '../parts/index.ts';
import { useSpeech } from '../speech.ts';
import type { TextKey } from '../texts.ts';
import type { Selfie, SelfieState } from './createSelfie.ts';
import type { PhoneCamera } from './createCamera.ts';
import styles from './SelfieScreen.module.css';
import { SmileRing } from './SmileRing.tsx';

interface SelfieScreenProps {
  selfie: Selfie;
  camera: PhoneCamera;
  token: string;
}

type Sent = Exclude<SelfieState, { at: 'ready' }>;

/** From the tips for a good picture to the search with it. */
export const SelfieScreen = ({ selfie, camera, token }: SelfieScreenProps) => {
  const state = useStore(selfie.store);
  if (state.at !== 'ready') return <Searching key="searching" state={state} />;
  return (
    <Tips
      key="tips"
      state={state}
      onTake={() => {
        camera.open((picture) => void selfie.send(token, picture));
      }}
    />
  );
};

interface TipsProps {
  state: Extract<SelfieState, { at: 'ready' }>;
  onTake: () => void;
}

const Tips = ({ state, onTake }: TipsProps) => {
  const { t } = useSpeech();
  const { hasFailed, advice } = state;
  return (
    <Screen
      picture={<SmileRing />}
      title={t(hasFailed ? 'selfie.againTitle' : 'selfie.title')}
      lead={hasFailed ? undefined : t('selfie.lead')}
      actions={
        <Button kind="primary" onPress={onTake}>
          {t(hasFailed ? 'selfie.again' : 'selfie.take')}
        </Button>
      }
    >
      {hasFailed && <Advice>{advice === '' ? t('selfie.notSent') : advice}</Advice>}
      <ul className={styles['tips']}>
        <li>
          <icons.LightIcon />
          {t('selfie.tipLight')}
        </li>
        <li>
          <icons.GlassesIcon />
          {t('selfie.tipGlasses')}
        </li>
        <li>
          <icons.EyeIcon />
          {t('selfie.tipAlone')}
        </li>
      </ul>
    </Screen>
  );
};

const wordsFor = (state: Sent): { title: TextKey; lead: TextKey } => {
  switch (state.at) {
    case 'sending':
      return { title: 'selfie.sendingTitle', lead: 'selfie.sending' };
    case 'waiting':
      return { title: 'selfie.waitingTitle', lead: 'selfie.waiting' };
    case 'searching':
      return { title: 'selfie.searchingTitle', lead: state.isQueued ? 'selfie.queued' : 'selfie.running' };
  }
};

const Searching = ({ state }: { state: Sent }) => {
  const { t } = useSpeech();
  const words = wordsFor(state);
  return (
    <Screen
      title={t(words.title)}
      lead={<span role="status">{t(words.lead)}</span>}
      picture={
        <span className={styles['ring']}>
          <img className={styles['picture']} src={state.pictureUrl} alt={t('selfie.picture')} />
        </span>
      }
    />
  );
};
