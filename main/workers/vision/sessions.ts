import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Manifest } from '../../packs/index.ts';

export interface Sessions {
  detect: InferenceSession;
  landmark: InferenceSession;
  embed: InferenceSession;
}

/**
 * Opens the pack's networks, one thread each: the pool has as many workers as there are cores to use.
 * Created once and never released: onnxruntime gives the memory of a session back only with the process.
 */
export async function openSessions(manifest: Manifest, dir: string): Promise<Sessions> {
  const open = (name: keyof Sessions) =>
    InferenceSession.create(path.join(dir, manifest.files[name].file), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
    });
  const [detect, landmark, embed] = await Promise.all([open('detect'), open('landmark'), open('embed')]);
  return { detect, landmark, embed };
}

/** Runs a network that has one input and of whose outputs one is wanted. */
export async function runOne(
  session: InferenceSession,
  input: string,
  values: Float32Array,
  shape: number[],
  output: string,
): Promise<Float32Array> {
  const results = await session.run({ [input]: new Tensor('float32', values, shape) }, [output]);
  return results[output].data as Float32Array;
}
