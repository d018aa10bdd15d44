import { useMemo } from 'react';
import styles from './QrCode.module.css';
import { qrDrawing } from './qrDrawing.ts';

interface QrCodeProps {
  text: string;
  /** What scanning it brings, for those who listen. */
  label: string;
}

/** A QR code, as wide as its box: dark on light whatever the theme, because a camera reads it. */
export const QrCode = ({ text, label }: QrCodeProps) => {
  const { size, path } = useMemo(() => qrDrawing(text), [text]);
  return (
    <svg
      className={styles['code']}
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={path} />
    </svg>
  );
};
