import type { PlacedFace } from '../fixtures/compose.ts';
import type { Workbench } from './workbench.ts';

export interface CameraPhoto {
  file: string;
  faces: PlacedFace[];
}

const size = { width: 6000, height: 4000 };
const facesEach = 5;
const firstSeed = 24_000;

export const cameraMegapixels = (size.width * size.height) / 1e6;

/** Photos as a camera of 24 megapixels gives them, five faces each; made at the first run and kept. */
export async function cameraPhotos(count: number, { composer, say }: Workbench): Promise<CameraPhoto[]> {
  const photos: CameraPhoto[] = [];
  for (let i = 0; i < count; i++) {
    if (i % 10 === 0) say(`photos of 24 megapixels: ${String(i)} of ${String(count)} are ready`);
    photos.push(await composer.composeFile({ ...size, faces: facesEach, quality: 92, seed: firstSeed + i }));
  }
  return photos;
}
