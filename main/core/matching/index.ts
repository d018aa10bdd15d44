// From a probe to a decision: core's side of the vision and faceindex workers, and what their scores mean.
export { decide, strengthOf } from './decide.ts';
export type { Decision, Match } from './decide.ts';
export type { IndexMatch } from '../../workers/index.ts';
export { createFaceIndex } from './faceIndex.ts';
export type { FaceIndex, PackTemplate, StoredFaces } from './faceIndex.ts';
export { createMatching } from './matching.ts';
export type { Matching } from './matching.ts';
export { scoreAt, thresholdsFor } from './thresholds.ts';
export type { Thresholds } from './thresholds.ts';
export type { Lane } from '../../processes/index.ts';
export { createVision } from './vision.ts';
export type { Glance, Vision } from './vision.ts';
