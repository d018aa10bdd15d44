import styles from './Mosaic.module.css';
import { mosaicLayout } from './mosaicLayout.ts';
import type { Photo } from '../../preload/index.ts';
import type { Stack } from './stacks.ts';
import { Tile } from './Tile.tsx';
import { useIsLandscape } from './useIsLandscape.ts';

/** How many come up one after the other; those further down are there when they come into sight. */
const developing = 12;
/** As many as fit the place whole, without scrolling. */
const few = 3;

interface MosaicProps {
  stacks: readonly Stack<Photo>[];
  onOpen: (id: number) => void;
}

/** Photos as prints on a table, best first and largest; of a burst the best, with the others under it. */
export const Mosaic = ({ stacks, onOpen }: MosaicProps) => {
  const isLow = useIsLandscape();
  const { height, tiles } = mosaicLayout(
    stacks.map(({ photo }) => photo.width / photo.height),
    isLow,
  );
  const percent = (share: number): string => `${(share * 100).toFixed(4)}%`;
  return (
    <ul
      className={styles['mosaic']}
      data-few={stacks.length <= few || undefined}
      style={{ '--aspect': 1 / height, aspectRatio: 1 / height }}
    >
      {stacks.map(({ photo, behind }, index) => {
        const tile = tiles.at(index);
        return (
          tile !== undefined && (
            <li
              key={photo.id}
              className={styles['place']}
              style={{
                left: percent(tile.x),
                top: percent(tile.y / height),
                width: percent(tile.width),
                height: percent(tile.height / height),
              }}
            >
              <Tile photo={photo} behind={behind} order={index < developing ? index : undefined} onOpen={onOpen} />
            </li>
          )
        );
      })}
    </ul>
  );
};
