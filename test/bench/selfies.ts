import { readFile } from 'node:fs/promises';
import type { Workbench } from './workbench.ts';

const firstSeed = 7_000;

/** Selfies of everyone in turn, no two alike: the face as high as about 35 % of the picture. */
export async function selfieFilesOf(count: number, { composer, say }: Workbench): Promise<string[]> {
  say(`making ${String(count)} selfies`);
  const selfies: string[] = [];
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
    selfies.push(file);
  }
  return selfies;
}

/** The same, as bytes. */
export const selfiesOf = async (count: number, workbench: Workbench): Promise<Uint8Array[]> =>
  Promise.all((await selfieFilesOf(count, workbench)).map((file) => readFile(file)));
