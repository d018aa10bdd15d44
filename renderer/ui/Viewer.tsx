import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '../../preload/index.ts';
import { Button } from './Button.tsx';
import { useFormats } from './formats.ts';
import { grow } from './grow.ts';
import { NextIcon, PreviousIcon } from './icons.tsx';
import { LargePhoto } from './LargePhoto.tsx';
import { Overlay } from './Overlay.tsx';
import { Stage } from './Stage.tsx';
import styles from './Viewer.module.css';

interface ViewerProps {
  photos: readonly Photo[];
  openId: number;
  onOpen: (id: number) => void;
  onClose: () => void;
  /** What the guest may say about the photo that is shown. */
  answers?: ReactNode;
}

/** One photo over the whole stage; the others lie to its left and right. */
export const Viewer = ({ photos, openId, onOpen, onClose, answers }: ViewerProps) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const track = useRef<HTMLOListElement>(null);
  const [isClosing, setClosing] = useState(false);
  const found = photos.findIndex((photo) => photo.id === openId);
  const index = Math.max(0, found);
  const photo = photos.at(index);
  const previous = index > 0 ? photos.at(index - 1) : undefined;
  const next = photos.at(index + 1);

  // Only the first one grows out of its tile; those that follow are swiped to.
  const openedWith = useRef({ openId, index });
  useLayoutEffect(() => {
    const { openId: firstId, index: firstIndex } = openedWith.current;
    const shelf = track.current;
    if (shelf === null) return;
    shelf.scrollTo({ left: firstIndex * shelf.clientWidth, behavior: 'instant' });
    const picture = shelf.children.item(firstIndex)?.firstElementChild;
    if (picture) void grow(picture, firstId, 'out');
  }, []);

  useEffect(() => {
    const shelf = track.current;
    if (shelf === null || Math.round(shelf.scrollLeft / shelf.clientWidth) === index) return;
    shelf.scrollTo({ left: index * shelf.clientWidth });
  }, [index]);

  const settle = (): void => {
    const shelf = track.current;
    if (shelf === null) return;
    const settled = photos.at(Math.round(shelf.scrollLeft / shelf.clientWidth));
    if (settled !== undefined && settled.id !== openId) onOpen(settled.id);
  };

  const close = async (): Promise<void> => {
    if (isClosing) return;
    setClosing(true);
    const picture = track.current?.children.item(index)?.firstElementChild;
    if (picture) await grow(picture, openId, 'back');
    onClose();
  };

  if (photo === undefined) return null;
  return (
    <Overlay label={t('kiosk.viewer.label')} onLeave={() => void close()}>
      <div className={styles['viewer']} data-closing={isClosing || undefined}>
        <Stage
          isOverlay
          words={
            <p className={styles['caption']} aria-live="polite">
              <span className={styles['moment']}>{moment(photo.takenAt)}</span>
              {photos.length > 1 && (
                <span>{t('kiosk.viewer.position', { number: index + 1, count: photos.length })}</span>
              )}
            </p>
          }
          primary={
            <div className={styles['turns']}>
              <Turn label={t('kiosk.viewer.previous')} to={previous} onOpen={onOpen}>
                <PreviousIcon />
              </Turn>
              <Button kind="choice" onPress={() => void close()}>
                {t('kiosk.viewer.close')}
              </Button>
              <Turn label={t('kiosk.viewer.next')} to={next} onOpen={onOpen}>
                <NextIcon />
              </Turn>
            </div>
          }
          secondary={answers}
        >
          <ol className={styles['track']} ref={track} tabIndex={0} onScrollEnd={settle}>
            {photos.map((each, place) => (
              <li key={each.id} className={styles['panel']} inert={place !== index}>
                {Math.abs(place - index) <= 1 && (
                  <LargePhoto photo={each} alt={t('kiosk.photo.taken', { when: moment(each.takenAt) })} />
                )}
              </li>
            ))}
          </ol>
        </Stage>
      </div>
    </Overlay>
  );
};

interface TurnProps {
  label: string;
  to: Photo | undefined;
  onOpen: (id: number) => void;
  children: ReactNode;
}

const Turn = ({ label, to, onOpen, children }: TurnProps) => (
  <button
    type="button"
    className={styles['turn']}
    aria-label={label}
    aria-disabled={to === undefined || undefined}
    onClick={() => {
      if (to !== undefined) onOpen(to.id);
    }}
  >
    {children}
  </button>
);
