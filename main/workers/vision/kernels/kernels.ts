import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The loops over pixels (assembly/): what is named by a number is where it begins in the memory that they were opened on, bytes. */
export interface Kernels {
  readonly halve: (from: number, width: number, height: number, to: number) => void;
  readonly resampleDown: (
    from: number,
    bytesPerRow: number,
    to: number,
    rows: number,
    firsts: number,
    counts: number,
    weights: number,
    most: number,
  ) => void;
  readonly resampleAcross: (
    from: number,
    width: number,
    to: number,
    columns: number,
    rows: number,
    firsts: number,
    counts: number,
    weights: number,
    most: number,
  ) => void;
  readonly layPlanes: (
    from: number,
    width: number,
    height: number,
    to: number,
    rowBytes: number,
    planeBytes: number,
    isReversed: boolean,
    redMean: number,
    greenMean: number,
    blueMean: number,
    factor: number,
  ) => void;
  readonly turnQuarters: (
    from: number,
    to: number,
    width: number,
    height: number,
    first: number,
    across: number,
    down: number,
  ) => void;
  readonly warp: (
    from: number,
    width: number,
    height: number,
    to: number,
    side: number,
    isReversed: boolean,
    a: number,
    b: number,
    tx: number,
    ty: number,
    samples: number,
    mean: number,
    factor: number,
  ) => void;
}

let compiled: WebAssembly.Module | undefined;

/** Set-up compiles them (package.json says where to). */
const load = (): WebAssembly.Module =>
  (compiled ??= new WebAssembly.Module(readFileSync(createRequire(import.meta.url).resolve('#kernels'))));

export const openKernels = (memory: WebAssembly.Memory): Kernels =>
  new WebAssembly.Instance(load(), { env: { memory } }).exports as unknown as Kernels;
