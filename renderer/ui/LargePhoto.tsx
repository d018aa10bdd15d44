import { useState } from 'react';
import { photoUrl, type Photo } from '../../preload/index.ts';
import styles from './LargePhoto.module.css';

/** The thumbnail at once, over it the larger picture as soon as it can be painted. */
export const LargePhoto = ({ photo, alt }: { photo: Photo; alt: string }) => {
  const [isSharp, setSharp] = useState(false);
  const show = async (picture: HTMLImageElement): Promise<void> => {
    // A picture that cannot be decoded leaves the thumbnail where it is.
    await picture.decode().then(
      () => {
        setSharp(true);
      },
      () => undefined,
    );
  };
  return (
    <div className={styles['photo']} style={{ '--aspect': photo.width / photo.height }}>
      <img src={photoUrl(photo, 'thumbnail')} alt={alt} draggable={false} />
      <img
        src={photoUrl(photo, 'screen')}
        alt=""
        draggable={false}
        data-sharp={isSharp}
        className={styles['sharp']}
        onLoad={(event) => void show(event.currentTarget)}
      />
    </div>
  );
};
