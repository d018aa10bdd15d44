// The guest's own picture: taken with the phone's camera, sent, and searched with.
export { createCamera } from './createCamera.ts';
export type { PhoneCamera } from './createCamera.ts';
export { createSelfie } from './createSelfie.ts';
export type { Selfie } from './createSelfie.ts';
export { SelfieScreen } from './SelfieScreen.tsx';
