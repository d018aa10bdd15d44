import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { photoUrl, type WallPhoto } from '../../../preload/index.ts';
import { Actions, DenseButton, Say } from '../../dense/index.ts';
import { PrintPhotos } from '../prints/index.ts';
import { useAsked } from '../useAsked.ts';
import styles from './views.module.css';
import type { ViewProps } from './index.ts';

/** As many as are kept on show. */
const mostPhotos = 60;

/** As many as a sheet can show. */
const mostOnSheet = 9;

/** The photos as they come, with the faces that were found in them; those that somebody wants are printed. */
export function Wall({ line }: ViewProps) {
  const { t } = useTranslation('staff');
  const { value } = useAsked(line, 'wall:open', {}, { on: 'frame:changed' });
  const [came, setCame] = useState<readonly WallPhoto[]>([]);
  /** Several are being chosen, among those that were there when it began: nothing moves under the finger. */
  const [choosing, setChoosing] = useState<{ among: readonly WallPhoto[]; chosen: readonly WallPhoto[] }>();
  const [toPrint, setToPrint] = useState<readonly WallPhoto[]>();
  const [ordered, setOrdered] = useState<number>();

  useEffect(
    () => line.onEvent('wall:photo', (photo) => setCame((before) => [photo, ...before].slice(0, mostPhotos))),
    [line],
  );

  if (value === undefined) return <p>{t('wall.opening')}</p>;
  const photos = choosing?.among ?? newestOf([...came, ...value.photos]);
  const faces = photos.reduce((sum, photo) => sum + photo.faces.length, 0);

  function touch(photo: WallPhoto): void {
    setOrdered(undefined);
    if (choosing === undefined) setToPrint([photo]);
    else setChoosing({ ...choosing, chosen: turned(choosing.chosen, photo) });
  }

  return (
    <>
      {choosing === undefined ? (
        <div className={styles['head']}>
          <p className={styles['figures']}>
            {t('wall.photos', { count: photos.length })} · {t('wall.faces', { count: faces })} ·{' '}
            {t('wall.rate', { count: value.perMinute })}
          </p>
          {photos.length > 1 && (
            <DenseButton
              onPress={() => {
                setOrdered(undefined);
                setChoosing({ among: photos, chosen: [] });
              }}
            >
              {t('wall.choose')}
            </DenseButton>
          )}
        </div>
      ) : (
        <div className={styles['head']}>
          <p>{t('wall.chosen', { count: choosing.chosen.length })}</p>
          <Actions>
            <DenseButton onPress={() => setChoosing(undefined)}>{t('cancel')}</DenseButton>
            <DenseButton
              kind="primary"
              isDisabled={choosing.chosen.length === 0}
              onPress={() => setToPrint(choosing.chosen)}
            >
              {t('prints.print')}
            </DenseButton>
          </Actions>
        </div>
      )}
      {ordered !== undefined && <Say state="good">{t('prints.sent', { count: ordered })}</Say>}
      {photos.length === 0 ? (
        <p className={styles['empty']}>{t('wall.empty')}</p>
      ) : (
        <ul className={styles['wall']}>
          {photos.map((photo) => (
            <li key={photo.id}>
              <Shot photo={photo} place={placeAmong(choosing?.chosen, photo)} onTouch={() => touch(photo)} />
            </li>
          ))}
        </ul>
      )}
      {toPrint !== undefined && (
        <PrintPhotos
          line={line}
          photos={toPrint}
          onClose={() => setToPrint(undefined)}
          onOrdered={(copies) => {
            setToPrint(undefined);
            setChoosing(undefined);
            setOrdered(copies);
          }}
        />
      )}
    </>
  );
}

/** @param place among those that are chosen, 0 where it is not; undefined where none are */
function Shot({ photo, place, onTouch }: { photo: WallPhoto; place: number | undefined; onTouch: () => void }) {
  const { t } = useTranslation('staff');
  const faces = t('wall.faces', { count: photo.faces.length });
  return (
    <button
      type="button"
      className={styles['shot']}
      aria-pressed={place === undefined ? undefined : place > 0}
      title={place === undefined ? t('wall.print') : undefined}
      onClick={onTouch}
    >
      <span className={styles['print']} style={{ aspectRatio: `${String(photo.width)} / ${String(photo.height)}` }}>
        <img src={photoUrl(photo, 'thumbnail')} alt={faces} />
        {photo.faces.map((face, i) => (
          <span key={i} className={styles['ring']} style={placeOf(face)} />
        ))}
      </span>
      <span className={styles['count']} aria-hidden="true">
        {photo.faces.length}
      </span>
      {place !== undefined && place > 0 && <span className={styles['place']}>{place}</span>}
    </button>
  );
}

/** With the photo, or without it; no more than a sheet can show. */
const turned = (chosen: readonly WallPhoto[], photo: WallPhoto): readonly WallPhoto[] => {
  const others = chosen.filter(({ id }) => id !== photo.id);
  if (others.length < chosen.length) return others;
  return chosen.length < mostOnSheet ? [...chosen, photo] : chosen;
};

const placeAmong = (chosen: readonly WallPhoto[] | undefined, { id }: WallPhoto): number | undefined =>
  chosen && chosen.findIndex((photo) => photo.id === id) + 1;

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
