import { isSameFace, type FaceBox } from '../store/index.ts';

/** The faces that are not at a place where one was erased. */
export const withoutErased = <F extends { box: FaceBox }>(faces: readonly F[], erased: readonly FaceBox[]): F[] =>
  faces.filter(({ box }) => !erased.some((gone) => isSameFace(box, gone)));
