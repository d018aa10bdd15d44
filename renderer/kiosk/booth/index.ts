// The guests' line to core.
export { createBooth } from './booth.ts';
export type { Booth } from './booth.ts';
