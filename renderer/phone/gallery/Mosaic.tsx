import type { GalleryPhoto } from '../../../preload/index.ts';
import { useSpeech } from '../speech.ts';
import styles from './Mosaic.module.css';
import { stacksOf } from '../../ui/index.ts';
import { Tile } from './Tile.tsx';

interface MosaicProps {
  photos: readonly GalleryPhoto[];
  /** Those that have just come. */
  fresh: readonly number[];
  onOpen: (photoId: number) => void;
}

/** How many come up one after the other when the page opens; those further down are simply there. */
const developing = 9;
/** Wider than that fills a row alone. */
const panorama = 2.1;

const shapeOf = (aspect: number): 'stands' | 'lies' | 'wide' => {
  if (aspect > panorama) return 'wide';
  return aspect > 1 ? 'lies' : 'stands';
};

/** Photos as prints side by side, uncropped, best first and largest. The rows are the style sheet's: nothing is measured while it scrolls. */
export const Mosaic = ({ photos, fresh, onOpen }: MosaicProps) => {
  const { t } = useSpeech();
  return (
    <ul className={styles['mosaic']} aria-label={t('gallery.mosaic')}>
      {stacksOf(photos).map(({ photo, behind }, index) => {
        const aspect = photo.width / photo.height;
        return (
          <li key={photo.id} className={styles['place']} data-shape={shapeOf(aspect)} style={{ '--aspect': aspect }}>
            <Tile
              photo={photo}
              behind={behind}
              order={index < developing ? index : fresh.includes(photo.id) ? 0 : undefined}
              onOpen={onOpen}
            />
          </li>
        );
      })}
    </ul>
  );
};
