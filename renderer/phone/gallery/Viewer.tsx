import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties } from 'react';
import type { GalleryPhoto } from '../../../preload/index.ts';
import { FileLink } from '../parts/index.ts';
import { useSpeech } from '../speech.ts';
import { useAlbum } from '../album.ts';
import { LargePhoto } from './LargePhoto.tsx';
import { useModal } from './useModal.ts';
import styles from './Viewer.module.css';

interface ViewerProps {
  photos: readonly GalleryPhoto[];
  firstId: number;
  /** Where the first one grows from. */
  from: CSSProperties | undefined;
  mayDownload: boolean;
  /** Whether the phone saves a picture that is pressed for long, better than by a link. */
  savesByPressing: boolean;
  /** Undefined where nobody could be told. */
  onNotMe?: (photoId: number) => void;
  onClose: () => void;
}

/** How far from the one that is looked at pictures are loaded. */
const near = 1;

/** One photo over the whole screen; the others lie to its left and right and are swiped to, by the browser's own scrolling. */
export const Viewer = (props: ViewerProps) => {
  const { photos, firstId, from, mayDownload, savesByPressing, onNotMe, onClose } = props;
  const { t, moment } = useSpeech();
  const { fileOf } = useAlbum();
  const track = useRef<HTMLOListElement>(null);
  const [first] = useState(() => photos.findIndex((photo) => photo.id === firstId));
  const [index, setIndex] = useState(Math.max(0, first));
  const modal = useModal(onClose);

  useLayoutEffect(() => {
    const shelf = track.current;
    if (shelf !== null) shelf.scrollLeft = first * shelf.clientWidth;
  }, [first]);
  // Without any, nothing may be left here to come up over the page with the next one.
  const isEmpty = photos.length === 0;
  useEffect(() => {
    if (isEmpty) onClose();
  }, [isEmpty, onClose]);

  // One that is no longer the guest's leaves its neighbour in its place.
  const shown = Math.min(index, photos.length - 1);
  const photo = photos.find((_, place) => place === shown);
  if (photo === undefined) return null;
  return (
    <div className={styles['viewer']} role="dialog" aria-modal="true" aria-label={t('viewer.label')} {...modal}>
      <ol
        className={styles['track']}
        ref={track}
        tabIndex={0}
        aria-label={t('viewer.label')}
        onScroll={({ currentTarget }) => {
          setIndex(Math.round(currentTarget.scrollLeft / currentTarget.clientWidth));
        }}
      >
        {photos.map((each, place) => (
          <li key={each.id} className={styles['panel']} aria-hidden={place !== shown}>
            {Math.abs(place - shown) <= near && (
              <div
                className={styles['picture']}
                style={place === first ? from : undefined}
                data-grows={place === first && from !== undefined}
              >
                <LargePhoto photo={each} alt={t('photo.taken', { when: moment(each.takenAt) })} />
              </div>
            )}
          </li>
        ))}
      </ol>
      <div className={styles['top']}>
        <p className={styles['caption']} aria-live="polite">
          <strong>{moment(photo.takenAt)}</strong>
          {photos.length > 1 && <span>{t('viewer.position', { number: shown + 1, total: photos.length })}</span>}
        </p>
        <button type="button" className={styles['close']} aria-label={t('viewer.close')} onClick={onClose}>
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <path d="M8 8l16 16M24 8L8 24" />
          </svg>
        </button>
      </div>
      <div className={styles['bottom']}>
        {mayDownload && (
          <div className={styles['save']}>
            <FileLink kind="primary" {...fileOf(photo)}>
              {t('viewer.save')}
            </FileLink>
            {savesByPressing && <p className={styles['hint']}>{t('viewer.longPress')}</p>}
          </div>
        )}
        {onNotMe !== undefined && (
          <button
            type="button"
            className={styles['answer']}
            onClick={() => {
              onNotMe(photo.id);
            }}
          >
            {t('viewer.notMe')}
          </button>
        )}
      </div>
    </div>
  );
};
