import { readFile } from 'node:fs/promises';
import type { Workbench } from './workbench.ts';

const firstSeed = 7_000;

/** Selfies of everyone in turn, no two alike: the face as high as about 35 % of the picture. */
export async function selfiesOf(count: number, { composer, say }: Workbench): Promise<Uint8Array[]> {
  say(`making ${String(count)} selfies`);
  const selfies: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const { file } = await composer.composeFile({
      seed: firstSeed + i,
      width: 1280,
      height: 720,
      faces: 1,
      quality: 90,
      faceHeightPx: { min: 235, max: 270 },
      placing: 'centred',
    });
    selfies.push(await readFile(file));
  }
  return selfies;
}
