// Model packs: what a manifest says, and whether the files are the ones it names. Read by core (thresholds, checks) and by the
// vision workers (files, recipe). The packs themselves lie in models/.
export { manifestSchema, packKey } from './manifest.ts';
export type { DecisionRule, DetectorRecipe, Manifest } from './manifest.ts';
export { findPack } from './findPack.ts';
export { loadPack } from './loadPack.ts';
export type { Pack } from './loadPack.ts';
export { modelsDirOf } from './modelsDir.ts';
