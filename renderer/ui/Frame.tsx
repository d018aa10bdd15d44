import type { ReactNode } from 'react';
import { ChromeControls } from './ChromeControls.tsx';
import { useChrome } from './chromeContext.ts';
import styles from './Frame.module.css';

export interface FrameProps {
  /** The large words, and what is said with them. */
  words?: ReactNode;
  /** The picture, the photos, what there is to do. */
  children?: ReactNode;
  /** The one thing to do next; its place is kept where there is none. */
  primary?: ReactNode;
  /** Beneath it, as plain words. */
  secondary?: ReactNode;
  /** The way out, across from language and contrast. */
  leave?: ReactNode;
  /** The whole surface does what the primary does. */
  onTouch?: (() => void) | undefined;
}

interface PlacedFrameProps extends FrameProps {
  tone: 'stage' | 'paper' | 'lamp';
  /** An overlay is no page of its own: what lies under it has the landmark. */
  isOverlay: boolean;
}

// [Note: Places] On every screen the same things are at the same places. Upright: words and content, then at the height of the thumb the
// primary, beneath it the secondary, and in the last line the way out to the left, language and contrast to the right. Lying: the content to
// the left over the whole height, all the rest in a column to the right of it.
export const Frame = ({ tone, isOverlay, words, children, primary, secondary, leave, onTouch }: PlacedFrameProps) => {
  const { language } = useChrome();
  const Tag = isOverlay ? 'div' : 'main';
  return (
    <Tag className={styles['frame']} data-tone={tone} lang={language} onClick={onTouch}>
      {words !== undefined && <div className={styles['words']}>{words}</div>}
      <div className={styles['content']}>{children}</div>
      <div className={styles['actions']}>
        <div className={styles['primary']}>{primary}</div>
        <div className={styles['secondary']}>{secondary}</div>
      </div>
      <div
        className={styles['foot']}
        onClick={(event) => {
          event.stopPropagation();
        }}
      >
        <div className={styles['leave']}>{leave}</div>
        <ChromeControls />
      </div>
    </Tag>
  );
};
