import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Manifest } from '../../packs/index.ts';

export interface Sessions {
  detect: InferenceSession;
  /** Of a pack whose detector finds no points. */
  landmark: InferenceSession | undefined;
  embed: InferenceSession;
}

/**
 * Opens the pack's networks, one thread each: the pool has as many workers as there are cores to use.
 * Created once and never released: onnxruntime gives the memory of a session back only with the process.
 */
export async function openSessions({ files }: Manifest, dir: string): Promise<Sessions> {
  const open = ({ file }: { file: string }) =>
    InferenceSession.create(path.join(dir, file), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
    });
  const [detect, landmark, embed] = await Promise.all([
    open(files.detect),
    files.landmark === undefined ? undefined : open(files.landmark),
    open(files.embed),
  ]);
  return { detect, landmark, embed };
}

/** Runs a network that has one input and of whose outputs one is wanted; its first ones, where they are not named. */
export async function runOne(
  session: InferenceSession,
  input: string | undefined,
  values: Float32Array,
  shape: number[],
  output: string | undefined,
): Promise<Float32Array> {
  const name = output ?? session.outputNames[0];
  const results = await session.run({ [input ?? session.inputNames[0]]: new Tensor('float32', values, shape) }, [name]);
  return results[name].data as Float32Array;
}
