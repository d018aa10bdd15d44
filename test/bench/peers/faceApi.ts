import path from 'node:path';
import type { Tensor3D } from '@tensorflow/tfjs';
import type * as FaceApi from '@vladmandic/face-api';
import type { Rectangle } from '../../fixtures/compose.ts';
import { require } from './backend.ts';

// As the library sets them, but for the number of faces and what the tiny one looks at: a multiple of 32 pixels, and all of the picture.
const mostFaces = 100;
const tinyStepPx = 32;

/** @returns boxes of the faces in a picture, each of which got its points and its descriptor */
export async function openFaceApi(detector: 'ssd' | 'tiny'): Promise<(picture: Tensor3D) => Promise<Rectangle[]>> {
  const entry = require.resolve('@vladmandic/face-api/dist/face-api.node-wasm.js');
  const faceApi = require(entry) as typeof FaceApi;
  const { nets } = faceApi;
  const networks = [
    detector === 'ssd' ? nets.ssdMobilenetv1 : nets.tinyFaceDetector,
    nets.faceLandmark68Net,
    nets.faceRecognitionNet,
  ];
  for (const network of networks) await network.loadFromDisk(path.join(path.dirname(entry), '..', 'model'));

  return async (picture) => {
    const [height, width] = picture.shape;
    const inputSize = Math.round(Math.max(width, height) / tinyStepPx) * tinyStepPx;
    const options =
      detector === 'ssd'
        ? new faceApi.SsdMobilenetv1Options({ maxResults: mostFaces })
        : new faceApi.TinyFaceDetectorOptions({ inputSize });
    // Its own copy of the types of TensorFlow.js knows these tensors under another name.
    const input = picture as unknown as FaceApi.TNetInput;
    const faces = await faceApi.detectAllFaces(input, options).withFaceLandmarks().withFaceDescriptors();
    return faces.map(({ detection: { box } }) => ({ x: box.x, y: box.y, width: box.width, height: box.height }));
  };
}
