import type { CSSProperties } from 'react';
import { photoUrl, type Photo, type TemplateLook } from '../../../preload/index.ts';
import { figureFor } from '../templates/index.ts';
import styles from './TemplateFigure.module.css';

interface TemplateFigureProps {
  template: TemplateLook;
  /** Those that lie on it; empty: only their places are shown. */
  photos: readonly Photo[];
}

/** A template as a small sheet. Its height is the variable --figure; one that lies is not much wider than that. */
export const TemplateFigure = ({ template, photos }: TemplateFigureProps) => {
  const { aspect, photos: places, texts, codes } = figureFor(template, photos);
  return (
    <span className={styles['figure']} style={{ '--aspect': aspect }} aria-hidden="true">
      {places.map((place, index) => {
        const photo = photos.at(place.slot);
        return (
          <span key={index} className={styles['photo']} style={placed(place)}>
            {photo !== undefined && <img src={photoUrl(photo, 'thumbnail')} alt="" draggable={false} />}
          </span>
        );
      })}
      {texts.map((place, index) => (
        <span key={index} className={styles['text']} style={placed(place)} />
      ))}
      {codes.map((place, index) => (
        <span key={index} className={styles['code']} style={placed(place)} />
      ))}
    </span>
  );
};

type Spot = Record<'x' | 'y' | 'width' | 'height', number>;

const placed = ({ x, y, width, height }: Spot): CSSProperties => ({
  left: percent(x),
  top: percent(y),
  width: percent(width),
  height: percent(height),
});

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
