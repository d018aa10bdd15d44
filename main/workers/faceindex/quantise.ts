/** A template at 8 bits an element: what it looks like, and how far its direction is from the original's. */
export interface Quantised {
  values: Int8Array;
  /** Distance between the two brought to unit length, 0..2. */
  error: number;
}

/**
 * Scales a unit vector so that its largest element becomes 127, and rounds. The cosine does not mind the scale.
 *
 * @param template Float32Array [dimensions], unit length
 */
export function quantise(template: Float32Array): Quantised {
  let largest = 0;
  for (const value of template) largest = Math.max(largest, Math.abs(value));
  const scale = largest > 0 ? 127 / largest : 0;

  const values = new Int8Array(template.length);
  let squares = 0;
  let ownSquares = 0;
  let product = 0;
  for (let i = 0; i < template.length; i++) {
    const rounded = Math.round(template[i] * scale);
    values[i] = rounded;
    squares += rounded * rounded;
    // Not quite 1: the elements are rounded to 32 bits.
    ownSquares += template[i] * template[i];
    product += rounded * template[i];
  }
  // |a/|a| - b|^2 = 2 - 2 cos for unit vectors.
  const cosine = squares > 0 ? product / Math.sqrt(squares * ownSquares) : 0;
  return { values, error: Math.sqrt(Math.max(0, 2 - 2 * cosine)) };
}
