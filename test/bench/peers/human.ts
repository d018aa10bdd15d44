import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { io, type Tensor3D } from '@tensorflow/tfjs';
import type * as HumanModule from '@vladmandic/human';
import type { Rectangle } from '../../fixtures/compose.ts';
import { require, wasmDir } from './backend.ts';

const mostFaces = 50;

/** @returns boxes of the faces in a picture, each of which got its descriptor */
export async function openHuman(): Promise<(picture: Tensor3D) => Promise<Rectangle[]>> {
  const distDir = path.dirname(require.resolve('@vladmandic/human'));
  io.registerLoadRouter((url) => (isFile(url) ? { load: () => loadModel(url) } : null) as io.IOHandler);
  // By its path: the package's own list of entries does not let this one be named.
  const { Human } = require(path.join(distDir, 'human.node-wasm.js')) as typeof HumanModule;
  const off = { enabled: false };
  const human = new Human({
    backend: 'wasm',
    wasmPath: wasmDir,
    modelBasePath: `${pathToFileURL(path.join(distDir, '..', 'models')).href}/`,
    // Each picture is another one; what was seen before is of no use.
    cacheSensitivity: 0,
    filter: off,
    gesture: off,
    body: off,
    hand: off,
    object: off,
    segmentation: off,
    face: {
      enabled: true,
      detector: { maxDetected: mostFaces, rotation: false, skipFrames: 0, skipTime: 0 },
      description: { enabled: true, skipFrames: 0, skipTime: 0 },
      mesh: off,
      iris: off,
      emotion: off,
      antispoof: off,
      liveness: off,
    },
  });
  await human.load();

  return async (picture) => {
    const { face: faces, error } = await human.detect(picture);
    if (typeof error === 'string') throw new Error(error);
    return faces.map(({ box: [x, y, width, height] }) => ({ x, y, width, height }));
  };
}

const isFile = (url: string | string[]): url is string => typeof url === 'string' && url.startsWith('file:');

/** As TensorFlow.js loads a graph by HTTP: a JSON file, and the weights in files beside it. */
async function loadModel(url: string): Promise<io.ModelArtifacts> {
  const file = fileURLToPath(url);
  const model = JSON.parse(await readFile(file, 'utf8')) as io.ModelJSON;
  return io.getModelArtifactsForJSON(model, async (groups) => {
    const files = groups.flatMap(({ paths }) => paths.map((name) => readFile(path.join(path.dirname(file), name))));
    const weights = Uint8Array.from(Buffer.concat(await Promise.all(files)));
    return [groups.flatMap((group) => group.weights), weights.buffer];
  });
}
