import { useEffect, useRef } from 'react';
import type { Photo } from '../../../preload/index.ts';
import { Tile } from '../../ui/index.ts';
import styles from './PhotoGrid.module.css';

interface PhotoGridProps {
  photos: readonly Photo[];
  hasMore: boolean;
  onMore: () => void;
  onOpen: (id: number) => void;
}

/** Photos of one size in the order they were taken; asks for more when its end comes near. */
export const PhotoGrid = ({ photos, hasMore, onMore, onOpen }: PhotoGridProps) => {
  const end = useRef<HTMLLIElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  }, [onMore]);
  // Observed anew after each delivery: an end that is still in sight then is told again.
  useEffect(() => {
    if (end.current === null) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some((entry) => entry.isIntersecting)) more.current();
      },
      { rootMargin: '100% 0px' },
    );
    observer.observe(end.current);
    return () => {
      observer.disconnect();
    };
  }, [photos.length, hasMore]);

  return (
    <ul className={styles['grid']}>
      {photos.map((photo) => (
        <li key={photo.id}>
          <Tile photo={photo} style={{ width: '100%', aspectRatio: 1 }} onOpen={onOpen} />
        </li>
      ))}
      {hasMore && <li ref={end} className={styles['end']} aria-hidden="true" />}
    </ul>
  );
};
