// What the heavy children answer: the contracts of the vision and the faceindex worker, and the shapes that cross over.
// The children themselves are the entries vision.ts and faceindex.ts; nobody imports those.
export { visionContract, visionSettingsSchema } from './visionContract.ts';
export type {
  Analysis,
  Box,
  DerivativeFiles,
  Face,
  Capture,
  Glimpse,
  Stage,
  VisionContract,
  VisionSettings,
} from './visionContract.ts';
export { sheetSchema } from './sheetContract.ts';
export type { Sheet, SheetElement, SheetRect } from './sheetContract.ts';
export { faceIndexContract } from './faceIndexContract.ts';
export type { FaceIndexContract, IndexMatch } from './faceIndexContract.ts';
