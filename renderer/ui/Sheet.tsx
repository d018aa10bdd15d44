import { useState, type ReactNode } from 'react';
import styles from './Sheet.module.css';

interface SheetProps {
  /** Its picture; undefined while there is none. */
  url: string | undefined;
  /** Width divided by height. */
  aspect: number;
  alt: string;
  /** What is said on the paper until the picture comes up. */
  children?: ReactNode;
}

/** A sheet of paper, whole and as large as the box of known size that it is in; its picture comes up on it. */
export const Sheet = ({ url, aspect, alt, children }: SheetProps) => {
  const [shownUrl, setShownUrl] = useState<string>();
  const isUp = url !== undefined && shownUrl === url;
  return (
    <div className={styles['sheet']} style={{ '--aspect': aspect }} data-up={isUp}>
      {url !== undefined && (
        <img
          key={url}
          src={url}
          alt={alt}
          draggable={false}
          decoding="async"
          onLoad={() => {
            setShownUrl(url);
          }}
        />
      )}
      {!isUp && <div className={styles['words']}>{children}</div>}
    </div>
  );
};
