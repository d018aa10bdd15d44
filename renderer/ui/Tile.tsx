import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { photoUrl, type Photo } from '../../preload/index.ts';
import { useFormats } from './formats.ts';
import styles from './Tile.module.css';

interface TileProps {
  photo: Photo;
  /** How many others of the same burst it stands for. */
  behind?: number | undefined;
  /** Its place among those that come up, from 0; undefined: it is simply there. */
  order?: number | undefined;
  style?: CSSProperties | undefined;
  onOpen: (id: number) => void;
}

/** A photo that comes up like a print in the developer, and opens at a touch. */
export const Tile = ({ photo, behind = 0, order, style, onOpen }: TileProps) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const [isDecoded, setDecoded] = useState(false);
  return (
    <button
      type="button"
      className={styles['tile']}
      data-photo={photo.id}
      data-developing={order === undefined ? undefined : isDecoded}
      style={{ ...style, '--order': order ?? 0 }}
      aria-label={
        behind === 0
          ? t('kiosk.photo.open', { when: moment(photo.takenAt) })
          : t('kiosk.photo.openBurst', { when: moment(photo.takenAt), count: behind })
      }
      onClick={() => {
        onOpen(photo.id);
      }}
    >
      <img
        src={photoUrl(photo, 'thumbnail')}
        alt=""
        width={photo.width}
        height={photo.height}
        decoding="async"
        draggable={false}
        loading={order === undefined ? 'lazy' : 'eager'}
        onLoad={() => {
          setDecoded(true);
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
