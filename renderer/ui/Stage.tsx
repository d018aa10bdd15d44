import { Frame, type FrameProps } from './Frame.tsx';

interface StageProps extends FrameProps {
  /** The stage turns into a lamp for a face that is dark. */
  isLit?: boolean;
  isOverlay?: boolean;
}

/** Where things are looked at: dark, so that the picture glows. */
export const Stage = ({ isLit = false, isOverlay = false, ...places }: StageProps) => (
  <Frame tone={isLit ? 'lamp' : 'stage'} isOverlay={isOverlay} {...places} />
);
