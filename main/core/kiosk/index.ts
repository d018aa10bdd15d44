// Core's side of the guests' windows: what they may ask, answered from the services, and what they are told. See [Note: Booth contract].
export { createKioskServer } from './kioskServer.ts';
export type { KioskServer } from './kioskServer.ts';
export { kioskOf } from './present.ts';
export type { Services } from './handlers.ts';
