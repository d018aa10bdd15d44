// Model packs: what a manifest says, whether the files are the ones it names, and how they come here. Read by core (thresholds, checks), by the
// vision workers (files, recipe) and by the command line. The packs themselves lie in models/.
export { detectorSchema } from './detectorRecipe.ts';
export { manifestSchema, packKey } from './manifest.ts';
export type { DecisionRule, LandmarkRecipe, Manifest } from './manifest.ts';
export type {
  BlazefaceRecipe,
  DetectorRecipe,
  RetinafaceRecipe,
  ScrfdRecipe,
  UltrafaceRecipe,
  YunetRecipe,
} from './detectorRecipe.ts';
export { findPack } from './findPack.ts';
export { decisionOf, loadPack, loadWeights } from './loadPack.ts';
export type { Pack, Weights } from './loadPack.ts';
export { installPack, type InstallSteps } from './install/index.ts';
export { listPacks, lookAtPack, type ListedPack } from './listPacks.ts';
export { writeCalibration } from './records.ts';
export { modelsDirOf } from './modelsDir.ts';
