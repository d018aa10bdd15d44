import type { ReactNode } from 'react';
import styles from './LivePicture.module.css';

interface LivePictureProps {
  video: ReactNode;
  /** Width divided by height of the whole picture. */
  aspect: number;
  /** Nothing of it may be cut off; otherwise it fills its place as well as it can. */
  isWhole: boolean;
  /** Lies over the picture and shares its edges. */
  children: ReactNode;
}

/** At most so much of the picture's width or height is cut off to fill the place. */
const leastShown = 0.56;

// The picture lies in a window that cuts it, and keeps its own proportions: whatever is placed over it by fractions of the frame stays on it.
export const LivePicture = ({ video, aspect, isWhole, children }: LivePictureProps) => {
  const cut = isWhole ? 1 : leastShown;
  return (
    <div className={styles['place']}>
      <div
        className={styles['window']}
        style={{ '--aspect': aspect, '--narrowest': aspect * cut, '--widest': aspect / cut }}
      >
        <div className={styles['picture']}>{video}</div>
        <div className={styles['over']}>{children}</div>
      </div>
    </div>
  );
};
