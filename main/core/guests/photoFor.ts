import type { Photo } from '../../../preload/index.ts';
import type { ShownPhoto } from '../store/index.ts';

/** A photo as a window is told of it. */
export const photoFor = ({ id, sha256, width, height, takenAt, burstId }: ShownPhoto): Photo => ({
  ...{ id, sha256, width, height, takenAt },
  ...(burstId === undefined ? {} : { burstId }),
});
