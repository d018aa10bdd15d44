import type { PeerFigures } from './measure.ts';

// A peer that finds less than this share of the faces that we find does another job.
const leastShareOfRecall = 0.5;

/**
 * How we stand beside the peers.
 *
 * @returns timesBestPeer: our photos/s over those of the quickest way that finds at least half as many faces as we do; timesClosestPeer: over those of the way
 *   that finds the most; recallAbovePeers: by how much our recall is higher than the highest of theirs
 */
export function judgePeers(
  own: { photosPerS: number; recall: number },
  peers: readonly PeerFigures[],
): { timesBestPeer: number; timesClosestPeer: number; recallAbovePeers: number } {
  const rivals = peers.filter(({ recall }) => recall >= own.recall * leastShareOfRecall);
  const closest = peers.toSorted((a, b) => b.recall - a.recall || b.photosPerS - a.photosPerS)[0];
  const best = rivals.toSorted((a, b) => b.photosPerS - a.photosPerS).at(0) ?? closest;
  return {
    timesBestPeer: own.photosPerS / best.photosPerS,
    timesClosestPeer: own.photosPerS / closest.photosPerS,
    recallAbovePeers: own.recall - closest.recall,
  };
}
