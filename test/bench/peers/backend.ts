import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

export const require = createRequire(import.meta.url);

/** Where the backend's WebAssembly lies. */
export const wasmDir = path.join(
  path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')),
  'dist',
  path.sep,
);

/**
 * The fastest of TensorFlow.js's backends that npm alone brings: WebAssembly with SIMD. It has one thread in Node.js. The native one comes as a binary from
 * elsewhere, WebGL and WebGPU need a window.
 */
export async function startBackend(): Promise<void> {
  setWasmPaths(wasmDir);
  await tf.setBackend('wasm');
  await tf.ready();
}
