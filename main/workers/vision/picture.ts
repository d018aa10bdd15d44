/** A decoded picture, or the smaller copy of one that is searched. */
export interface Picture {
  width: number;
  height: number;
  /** Uint8Array [height, width, 3], RGB, rows from the top. */
  pixels: Uint8Array;
  /** Pixels of the upright original to one pixel here, >= 1. */
  shrink: number;
}
