import path from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
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
