// The window's line to core: asks and events, each validated when it comes in. Whatever is wrong with the line is a value, never an exception.
export { createBooth } from './booth.ts';
export type { Booth, Line } from './booth.ts';
