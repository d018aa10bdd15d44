// The start page: welcome, consent, the selfie, and the kiosk's code.
export { createStart } from './createStart.ts';
export type { Start } from './createStart.ts';
export { StartPage } from './StartPage.tsx';
