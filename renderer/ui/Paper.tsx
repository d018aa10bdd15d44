import { Frame, type FrameProps } from './Frame.tsx';

/** Where things are read and chosen. */
export const Paper = ({ isOverlay = false, ...places }: FrameProps & { isOverlay?: boolean }) => (
  <Frame tone="paper" isOverlay={isOverlay} {...places} />
);
