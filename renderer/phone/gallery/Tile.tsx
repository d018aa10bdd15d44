import { useState } from 'react';
import type { GalleryPhoto } from '../../../preload/index.ts';
import { useSpeech } from '../speech.ts';
import { useAlbum } from '../album.ts';
import styles from './Tile.module.css';

interface TileProps {
  photo: GalleryPhoto;
  /** How many others of the same burst it stands for. */
  behind: number;
  /** Its place among those that come up, from 0; undefined: it is simply there. */
  order: number | undefined;
  onOpen: (photoId: number) => void;
}

/** A photo that comes up like a print in the developer, and opens at a touch. */
export const Tile = ({ photo, behind, order, onOpen }: TileProps) => {
  const { t, moment } = useSpeech();
  const { pictureOf } = useAlbum();
  const [isThere, setThere] = useState(false);
  const when = moment(photo.takenAt);
  return (
    <button
      type="button"
      className={styles['tile']}
      data-photo={photo.id}
      data-developing={order === undefined ? undefined : isThere}
      style={{ '--order': order ?? 0 }}
      aria-label={behind === 0 ? t('photo.open', { when }) : t('photo.openBurst', { when, count: behind })}
      onClick={() => {
        onOpen(photo.id);
      }}
    >
      <img
        src={pictureOf(photo, 'thumbnail')}
        alt=""
        width={photo.width}
        height={photo.height}
        loading={order === undefined ? 'lazy' : 'eager'}
        decoding="async"
        draggable={false}
        onLoad={() => {
          setThere(true);
        }}
      />
      {behind > 0 && (
        <span className={styles['behind']} aria-hidden="true">
          +{behind}
        </span>
      )}
    </button>
  );
};
