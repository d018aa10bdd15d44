// Events: each photo, face and guest belongs to one, and nothing of one is ever found from another. What an event is called, looks like and allows, what
// its guests agree to, and how it travels from one booth to another.
export { cameraClockOf } from './cameraClock.ts';
export { brandingDirOf, createBranding } from './branding.ts';
export type { Branding } from './branding.ts';
export { consentTextOf } from './consentText.ts';
export { createEvents } from './events.ts';
export type { BoothEvent, Events } from './events.ts';
export { createTransfer } from './transfer.ts';
export type { Transfers } from './transfer.ts';
