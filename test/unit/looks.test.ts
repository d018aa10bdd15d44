// Pictures that look alike are known by it, and the sharper of two is told.
import { describe, expect, it } from 'vitest';
import { hammingDistance } from '../../main/core/store/index.ts';
import { looksOf } from '../../main/workers/vision/looks.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { sampleFile } from '../fixtures/photos.ts';

type Change = (image: ReturnType<typeof sharp>) => ReturnType<typeof sharp>;

async function looks(sample: number, change: Change = (image) => image) {
  const { width, height } = await sharp(sampleFile(sample)).metadata();
  // What a hand moves between two photos of a burst.
  const shift = Math.round(width / 100);
  const area = { left: shift, top: shift, width: width - 2 * shift, height: height - 2 * shift };
  const { data, info } = await change(sharp(sampleFile(sample)).extract(area))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return looksOf({ width: info.width, height: info.height, pixels: data, shrink: 1 });
}

const samples = [1, 2, 3, 4, 5, 6];

describe('the looks of a picture', () => {
  it('are nearly the same for the next of a burst, brighter, smaller, or compressed more', async () => {
    for (const sample of samples) {
      const { hash } = await looks(sample);
      const brighter = await looks(sample, (image) => image.modulate({ brightness: 1.2 }));
      const smaller = await looks(sample, (image) => image.resize({ width: 800 }));
      for (const other of [brighter, smaller]) {
        expect([sample, hammingDistance(hash, other.hash) <= 8]).toEqual([sample, true]);
      }
    }
  });

  it('are others for another picture', async () => {
    const hashes = await Promise.all(samples.map(async (sample) => (await looks(sample)).hash));
    for (const [i, a] of hashes.entries()) {
      for (const b of hashes.slice(i + 1)) expect(hammingDistance(a, b)).toBeGreaterThan(16);
    }
  });

  it('tell which of two is sharper', async () => {
    for (const sample of samples) {
      const blurred = await looks(sample, (image) => image.blur(4));
      expect((await looks(sample)).sharpness).toBeGreaterThan(blurred.sharpness * 1.2);
    }
  });

  it('can be told of the smallest picture', () => {
    const pixels = Buffer.alloc(16 * 16 * 3, 90);
    expect(looksOf({ width: 16, height: 16, pixels, shrink: 1 })).toEqual({ hash: '0'.repeat(16), sharpness: 0 });
  });
});
