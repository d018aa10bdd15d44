import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFaces } from '../bench/faceCount.ts';
import { judgePeers } from '../bench/peers/judge.ts';
import { tilesOf } from '../bench/peers/tiles.ts';

const peer = (photosPerS: number, recall: number) => ({
  ...{ name: 'peer', backend: 'wasm', falseFacesPerPhoto: 0 },
  ...{ photosPerS, recall },
});

describe('beside the peers', () => {
  it('we stand by the quickest that finds at least half as many faces, and by the one that finds most', () => {
    const peers = [peer(9, 0.3), peer(2, 0.5), peer(1, 0.8)];
    const judged = judgePeers({ photosPerS: 6, recall: 1 }, peers);
    expect(judged.timesBestPeer).toBeCloseTo(3);
    expect(judged.timesClosestPeer).toBeCloseTo(6);
    expect(judged.recallAbovePeers).toBeCloseTo(0.2);
  });

  it('we stand by the one that finds most where none finds half', () => {
    expect(judgePeers({ photosPerS: 6, recall: 1 }, [peer(4, 0.1), peer(3, 0.4)]).timesBestPeer).toBeCloseTo(2);
  });

  it('a peer that finds more is told', () => {
    expect(judgePeers({ photosPerS: 6, recall: 0.9 }, [peer(1, 0.95)]).recallAbovePeers).toBeLessThan(0);
  });
});

describe('tiles', () => {
  it('cover the picture, within it, and neighbours share a quarter of their side', () => {
    const length = fc.integer({ min: 1, max: 900 });
    fc.assert(
      fc.property(length, length, fc.integer({ min: 8, max: 400 }), (width, height, side) => {
        const tiles = tilesOf(width, height, side);
        for (const [extent, starts] of [
          [width, tiles.filter(({ y }) => y === 0).map(({ x }) => x)],
          [height, tiles.filter(({ x }) => x === 0).map(({ y }) => y)],
        ] as const) {
          expect(starts[0]).toBe(0);
          expect(starts[starts.length - 1]).toBe(Math.max(0, extent - side));
          for (let i = 1; i < starts.length; i++)
            expect(starts[i] - starts[i - 1]).toBeLessThanOrEqual(0.75 * side + 1);
        }
      }),
    );
  });
});

describe('faces', () => {
  it('are counted over all photos, and what fits no label is a false find', () => {
    const face = { x: 10, y: 10, width: 20, height: 20 };
    const elsewhere = { ...face, x: 200 };
    const photos = [{ faces: [face, elsewhere] }, { faces: [face] }];
    const count = countFaces(photos, [[face, { ...face, x: 100 }], []]);
    expect(count.recall).toBeCloseTo(1 / 3);
    expect(count.falseFaces).toBe(1);
  });
});
