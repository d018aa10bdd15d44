import type { GalleryPhoto } from '../../../preload/index.ts';
import { Button } from '../parts/index.ts';
import { useSpeech } from '../speech.ts';
import { useAlbum } from '../album.ts';
import styles from './MaybeShelf.module.css';

interface MaybeShelfProps {
  photos: readonly GalleryPhoto[];
  /** The photos whose answers are on their way. */
  answering: readonly number[];
  onAnswer: (photoId: number, isMe: boolean) => void;
}

/** The photos that only the guest can decide. */
export const MaybeShelf = ({ photos, answering, onAnswer }: MaybeShelfProps) => {
  const { t, moment } = useSpeech();
  const { pictureOf } = useAlbum();
  return (
    <section className={styles['section']} aria-labelledby="maybe-title">
      <div>
        <h2 id="maybe-title">{t('maybe.title')}</h2>
        <p className={styles['lead']}>{t('maybe.lead')}</p>
      </div>
      <ul className={styles['shelf']}>
        {photos.map((photo) => {
          const isAnswered = answering.includes(photo.id);
          return (
            <li key={photo.id} className={styles['card']} data-answered={isAnswered || undefined}>
              <img
                src={pictureOf(photo, 'screen')}
                alt={t('photo.taken', { when: moment(photo.takenAt) })}
                width={photo.width}
                height={photo.height}
                loading="lazy"
                decoding="async"
              />
              <div className={styles['answers']}>
                <Button
                  kind="choice"
                  isDisabled={isAnswered}
                  onPress={() => {
                    onAnswer(photo.id, true);
                  }}
                >
                  {t('maybe.yes')}
                </Button>
                <Button
                  kind="choice"
                  isDisabled={isAnswered}
                  onPress={() => {
                    onAnswer(photo.id, false);
                  }}
                >
                  {t('maybe.no')}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
