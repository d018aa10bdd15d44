// What the networks that find faces say, one file a family; each gives candidates in pixels of the network's input.
export { decoderFor } from './decoderFor.ts';
export type { Detection } from './detection.ts';
