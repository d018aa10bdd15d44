// A guest's way through the kiosk: one explicit state and the verbs that move it. No React and no DOM in here; core and camera are given.
export { consentFor } from './consentFor.ts';
export { createJourney } from './journey.ts';
export { mayShare } from './mayShare.ts';
export type { Journey, JourneyEdges } from './journey.ts';
export { shutterMark } from './takeShot.ts';
export { hasAnyCode } from './state.ts';
export type { KioskSettings, KioskState, Scene } from './state.ts';
