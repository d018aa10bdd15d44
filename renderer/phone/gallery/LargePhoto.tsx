import { useState } from 'react';
import { phonePaths, type GalleryPhoto } from '../../../preload/index.ts';
import styles from './LargePhoto.module.css';

interface LargePhotoProps {
  token: string;
  photo: GalleryPhoto;
  alt: string;
}

/** The thumbnail at once, over it the larger picture as soon as it is there; that is the one which a long press takes. */
export const LargePhoto = ({ token, photo, alt }: LargePhotoProps) => {
  const [isSharp, setSharp] = useState(false);
  return (
    <div className={styles['photo']} style={{ '--aspect': photo.width / photo.height }}>
      <img src={phonePaths.photo(token, photo.id, 'thumbnail')} alt="" draggable={false} />
      <img
        src={phonePaths.photo(token, photo.id, 'screen')}
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
