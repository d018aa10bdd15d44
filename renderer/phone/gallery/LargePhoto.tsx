import { useState } from 'react';
import type { GalleryPhoto } from '../../../preload/index.ts';
import { useAlbum } from '../album.ts';
import styles from './LargePhoto.module.css';

interface LargePhotoProps {
  photo: GalleryPhoto;
  alt: string;
}

/** The thumbnail at once, over it the larger picture as soon as it is there; that is the one which a long press takes. */
export const LargePhoto = ({ photo, alt }: LargePhotoProps) => {
  const { pictureOf } = useAlbum();
  const [isSharp, setSharp] = useState(false);
  return (
    <div className={styles['photo']} style={{ '--aspect': photo.width / photo.height }}>
      <img src={pictureOf(photo, 'thumbnail')} alt="" draggable={false} />
      <img
        src={pictureOf(photo, 'screen')}
        alt={alt}
        decoding="async"
        className={styles['sharp']}
        data-sharp={isSharp}
        onLoad={() => {
          setSharp(true);
        }}
      />
    </div>
  );
};
