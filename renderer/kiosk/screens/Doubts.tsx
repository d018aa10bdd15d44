import { useTranslation } from 'react-i18next';
import type { Photo } from '../../../preload/index.ts';
import { Headline, Lead, Tile } from '../../ui/index.ts';
import styles from './Doubts.module.css';

interface DoubtsProps {
  photos: readonly Photo[];
  /** Under others that are sure, and so with a heading of their own. */
  isApart: boolean;
  onOpen: (id: number) => void;
  onAnswer: (id: number, isMe: boolean) => void;
}

/** Photos that may be of the guest: each is asked about, at one touch. */
export const Doubts = ({ photos, isApart, onOpen, onAnswer }: DoubtsProps) => {
  const { t } = useTranslation();
  return (
    <section className={styles['doubts']} data-apart={isApart || undefined}>
      {isApart && (
        <div className={styles['words']}>
          <Headline level={2} size="title">
            {t('kiosk.results.maybe')}
          </Headline>
          <Lead>{t('kiosk.results.maybeLead')}</Lead>
        </div>
      )}
      <ul className={styles['photos']}>
        {photos.map((photo) => (
          <li key={photo.id} className={styles['doubt']}>
            <Tile photo={photo} style={{ aspectRatio: photo.width / photo.height }} onOpen={onOpen} />
            <div className={styles['answers']}>
              <Answer
                label={t('kiosk.results.yes')}
                onPress={() => {
                  onAnswer(photo.id, true);
                }}
              />
              <Answer
                label={t('kiosk.results.no')}
                onPress={() => {
                  onAnswer(photo.id, false);
                }}
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Answer = ({ label, onPress }: { label: string; onPress: () => void }) => (
  <button type="button" className={styles['answer']} onClick={onPress}>
    {label}
  </button>
);
