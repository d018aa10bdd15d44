import type { FivePoints } from '../align.ts';

/** A candidate in pixels of the detector's input. */
export interface Detection {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  score: number;
  /** From a detector that finds them as well. */
  points?: FivePoints | undefined;
}

/** Of a detector's input, pixels. */
export interface InputSize {
  width: number;
  height: number;
}

/** The values of one of the network's outputs. */
export type Outputs = (name: string) => Float32Array;

/** @returns the candidates at or above the recipe's score threshold */
export type Decode = (outputs: Outputs, size: InputSize) => Detection[];

/** The cells of a feature map, row by row. A map has a cell for each step of the stride, also for the last one where that does not fit whole. */
export function* cellsOf({ width, height }: InputSize, stride: number): Generator<{ column: number; row: number }> {
  const columns = Math.ceil(width / stride);
  const rows = Math.ceil(height / stride);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) yield { column, row };
  }
}
