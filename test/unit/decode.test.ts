import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { decode, type Decoded } from '../../main/workers/vision/decode.ts';
import { sceneFile } from '../fixtures/photos.ts';

async function decodeScene(): Promise<Decoded> {
  const decoded = await decode({ path: sceneFile }, 320, 1e6);
  if (!decoded.ok) expect.fail(decoded.fault.code);
  return decoded.value;
}

it('keeps a picture’s pixels for as long as the picture, whatever is decoded meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const pictures = [];
  const wanted = Buffer.from((await decodeScene()).plate.pixels);
  for (let i = 0; i < 24; i++) {
    pictures.push((await decodeScene()).plate);
    collectGarbage();
    await new Promise(setImmediate);
  }
  const changed = pictures.filter(({ pixels }) => wanted.compare(pixels) !== 0);
  expect(changed).toHaveLength(0);
});
