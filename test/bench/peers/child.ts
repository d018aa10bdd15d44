// One process of a peer: the path of a photo in, the boxes of its faces out.
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Rectangle } from '../../fixtures/compose.ts';
import { sharp } from '../../../main/workers/vision/sharp.ts';
import { answer } from '../team/child.ts';
import { startBackend } from './backend.ts';
import { openFaceApi } from './faceApi.ts';
import { openHuman } from './human.ts';
import { tilesOf } from './tiles.ts';
import { ways, type Detector } from './ways.ts';

const openers: Record<Detector, () => Promise<(picture: tf.Tensor3D) => Promise<Rectangle[]>>> = {
  human: openHuman,
  faceApiSsd: () => openFaceApi('ssd'),
  faceApiTiny: () => openFaceApi('tiny'),
};

const { detector, longSidePx, tilePx, boxScale } = ways[Number(process.argv[2])];
await startBackend();
const look = await openers[detector]();

answer(async (question) => {
  const file = z.string().parse(question);
  // Shrunk while it is decoded: of all ways the quickest to a copy of this size.
  const { data, info } = await sharp(file, { sequentialRead: true })
    .resize({ width: longSidePx, height: longSidePx, fit: 'inside', kernel: 'linear' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture = tf.tensor3d(data, [info.height, info.width, 3], 'int32');
  const shrink = (await sharp(file).metadata()).width / info.width;
  try {
    const boxes = await (tilePx === undefined ? look(picture) : lookInTiles(picture, tilePx));
    return boxes.map((box) => inPhoto(box, shrink));
  } finally {
    picture.dispose();
  }
});

async function lookInTiles(picture: tf.Tensor3D, side: number): Promise<Rectangle[]> {
  const boxes: Rectangle[] = [];
  const [height, width] = picture.shape;
  for (const { x, y } of tilesOf(width, height, side)) {
    const tile = picture.slice([y, x, 0], [Math.min(side, height), Math.min(side, width), 3]);
    for (const box of await look(tile)) boxes.push({ ...box, x: box.x + x, y: box.y + y });
    tile.dispose();
  }
  return boxes;
}

function inPhoto({ x, y, width, height }: Rectangle, shrink: number): Rectangle {
  const [across, down] = [width * boxScale, height * boxScale];
  return {
    x: (x + (width - across) / 2) * shrink,
    y: (y + (height - down) / 2) * shrink,
    width: across * shrink,
    height: down * shrink,
  };
}
