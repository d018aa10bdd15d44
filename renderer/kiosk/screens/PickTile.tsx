import { useTranslation } from 'react-i18next';
import { photoUrl, type Photo } from '../../../preload/index.ts';
import { useFormats } from '../../ui/index.ts';
import styles from './PickTile.module.css';

interface PickTileProps {
  photo: Photo;
  /** Its place on the sheet, from 1; undefined while it is not chosen. */
  place: number | undefined;
  /** The sheet is full. */
  isDisabled: boolean;
  onTouch: (id: number) => void;
}

/** A photo to be chosen, with its place once it is. */
export const PickTile = ({ photo, place, isDisabled, onTouch }: PickTileProps) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const when = moment(photo.takenAt);
  return (
    <button
      type="button"
      className={styles['tile']}
      aria-pressed={place !== undefined}
      aria-disabled={isDisabled || undefined}
      aria-label={
        place === undefined ? t('kiosk.photo.taken', { when }) : t('kiosk.print.picked', { number: place, when })
      }
      onClick={() => {
        if (!isDisabled) onTouch(photo.id);
      }}
    >
      <img src={photoUrl(photo, 'thumbnail')} alt="" decoding="async" loading="lazy" draggable={false} />
      {place !== undefined && (
        <span className={styles['place']} aria-hidden="true">
          {place}
        </span>
      )}
    </button>
  );
};
