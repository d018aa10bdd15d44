import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { photoUrl, type WallPhoto } from '../../../preload/index.ts';
import { useAsked } from '../useAsked.ts';
import styles from './views.module.css';
import type { ViewProps } from './index.ts';

/** As many as are kept on show. */
const mostPhotos = 60;

/** The photos as they come, with the faces that were found in them. */
export function Wall({ line }: ViewProps) {
  const { t } = useTranslation('staff');
  const { value } = useAsked(line, 'wall:open', {}, { on: 'frame:changed' });
  const [came, setCame] = useState<readonly WallPhoto[]>([]);

  useEffect(
    () => line.onEvent('wall:photo', (photo) => setCame((before) => [photo, ...before].slice(0, mostPhotos))),
    [line],
  );

  if (value === undefined) return <p>{t('wall.opening')}</p>;
  const photos = newestOf([...came, ...value.photos]);
  const faces = photos.reduce((sum, photo) => sum + photo.faces.length, 0);
  return (
    <>
      <p className={styles['figures']}>
        {t('wall.photos', { count: photos.length })} · {t('wall.faces', { count: faces })} ·{' '}
        {t('wall.rate', { count: value.perMinute })}
      </p>
      {photos.length === 0 ? (
        <p className={styles['empty']}>{t('wall.empty')}</p>
      ) : (
        <ul className={styles['wall']}>
          {photos.map((photo) => (
            <li key={photo.id} className={styles['shot']}>
              <div
                className={styles['print']}
                style={{ aspectRatio: `${String(photo.width)} / ${String(photo.height)}` }}
              >
                <img src={photoUrl(photo, 'thumbnail')} alt={t('wall.faces', { count: photo.faces.length })} />
                {photo.faces.map((face, i) => (
                  <span key={i} className={styles['ring']} style={placeOf(face)} />
                ))}
              </div>
              <span className={styles['count']}>{photo.faces.length}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Fractions of the picture as shares of its box. */
const placeOf = ({ x, y, width, height }: WallPhoto['faces'][number]) => ({
  left: percent(x),
  top: percent(y),
  width: percent(width),
  height: percent(height),
});

const percent = (share: number): string => `${String(share * 100)}%`;

/** Each once, newest first. */
const newestOf = (photos: readonly WallPhoto[]): WallPhoto[] =>
  [...new Map(photos.toReversed().map((photo) => [photo.id, photo])).values()]
    .sort((a, b) => b.indexedAt.localeCompare(a.indexedAt))
    .slice(0, mostPhotos);
