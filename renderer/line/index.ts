// A window's line to core: asks and events, each validated when it comes in. Whatever is wrong with the line is a value, never an exception.
export { createLine } from './line.ts';
export type { Line, LineState, Page } from './line.ts';
