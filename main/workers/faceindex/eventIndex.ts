import usearch from 'usearch';
import type { IndexMatch } from '../faceIndexContract.ts';
import { quantise } from './quantise.ts';

/** The faces of one event: which photo they are in, and their templates. */
export interface EventIndex {
  /**
   * Adds faces; one that is there already is left as it is, so that saying a thing twice does no harm.
   * @param templates Float32Array [faceIds.length * dimensions], rows of unit length
   */
  add(faceIds: readonly number[], photoIds: readonly number[], templates: Float32Array): void;
  remove(faceIds: ReadonlySet<number>): void;
  /**
   * @param probe Float32Array [dimensions], unit length
   * @param threshold cosine similarity, -1..1
   * @param kinFrom the score of the surest matches, whose likeness to the others is told as well
   * @returns every photo with a face at or above the threshold, its best face only, best first
   */
  search(probe: Float32Array, threshold: number, kinFrom?: number): IndexMatch[];
  size(): number;
}

// Rows a block: large enough that a block's scan outweighs its call, small enough that growing copies nothing.
const rowsPerBlock = 16_384;
const firstCount = 64;
// The surest are asked who is like them. More of them find hardly anybody else.
const mostSurest = 20;

// What 32-bit arithmetic, usearch's and ours, can add to a row's rounding error.
const arithmeticError = 1e-4;

interface Block {
  coarse: Int8Array;
  fine: Float32Array;
  rows: number;
}

/**
 * Exact search in two passes: usearch scans the 8-bit rows, and what could reach the threshold is scored again in 32 bits.
 * usearch has no range search for JavaScript, so each block is asked for its best k, and for four times as many until the last
 * one falls short.
 */
export function createEventIndex(dimensions: number): EventIndex {
  const blocks: Block[] = [];
  const faceOf: number[] = [];
  const photoOf: number[] = [];
  const known = new Set<number>();
  // The largest rounding error of any row: no row can score more than this (and the probe's) away from its true score.
  let largestError = 0;

  const locate = (row: number): { block: Block; offset: number } => ({
    block: blocks[Math.floor(row / rowsPerBlock)],
    offset: (row % rowsPerBlock) * dimensions,
  });

  function rowAt(row: number): Row {
    const { block, offset } = locate(row);
    return { values: block.fine, at: offset };
  }

  function likeness(row: number, other: number): number {
    return dot(rowAt(row), rowAt(other), dimensions);
  }

  function append(faceId: number, photoId: number, template: Float32Array): void {
    if (faceOf.length === blocks.length * rowsPerBlock) {
      blocks.push({
        coarse: new Int8Array(rowsPerBlock * dimensions),
        fine: new Float32Array(rowsPerBlock * dimensions),
        rows: 0,
      });
    }
    const { block, offset } = locate(faceOf.length);
    const { values, error } = quantise(template);
    block.coarse.set(values, offset);
    block.fine.set(template, offset);
    block.rows += 1;
    known.add(faceId);
    faceOf.push(faceId);
    photoOf.push(photoId);
    largestError = Math.max(largestError, error);
  }

  /** The last row takes the place of the one that goes, so that blocks stay full. */
  function drop(row: number): void {
    const last = faceOf.length - 1;
    const to = locate(row);
    const from = locate(last);
    to.block.coarse.set(from.block.coarse.subarray(from.offset, from.offset + dimensions), to.offset);
    to.block.fine.set(from.block.fine.subarray(from.offset, from.offset + dimensions), to.offset);
    from.block.coarse.fill(0, from.offset, from.offset + dimensions);
    from.block.fine.fill(0, from.offset, from.offset + dimensions);
    from.block.rows -= 1;
    known.delete(faceOf[row]);
    faceOf[row] = faceOf[last];
    photoOf[row] = photoOf[last];
    faceOf.pop();
    photoOf.pop();
    if (from.block.rows === 0) blocks.pop();
  }

  function* candidates(block: Block, coarseProbe: Int8Array, floor: number): Generator<number> {
    const dataset = block.coarse.subarray(0, block.rows * dimensions);
    for (let count = Math.min(firstCount, block.rows); ; count = Math.min(count * 4, block.rows)) {
      const { keys, distances } = usearch.exactSearch(
        dataset,
        coarseProbe,
        dimensions,
        count,
        usearch.MetricKind.Cos,
        1,
      );
      const isComplete = count === block.rows || 1 - distances[count - 1] < floor;
      if (!isComplete) continue;
      for (let i = 0; i < count && 1 - distances[i] >= floor; i++) yield Number(keys[i]);
      return;
    }
  }

  return {
    add: (faceIds, photoIds, templates) => {
      faceIds.forEach((faceId, i) => {
        if (known.has(faceId)) return;
        append(faceId, photoIds[i], templates.subarray(i * dimensions, (i + 1) * dimensions));
      });
    },

    remove: (faceIds) => {
      for (let row = faceOf.length - 1; row >= 0; row--) {
        if (faceIds.has(faceOf[row])) drop(row);
      }
    },

    search: (probe, threshold, kinFrom = Infinity) => {
      const coarse = quantise(probe);
      const floor = threshold - (largestError + coarse.error + arithmeticError);
      const bestOf = new Map<number, IndexMatch & { row: number }>();
      blocks.forEach((block, blockIndex) => {
        for (const key of candidates(block, coarse.values, floor)) {
          const score = dot({ values: probe, at: 0 }, { values: block.fine, at: key * dimensions }, dimensions);
          const row = blockIndex * rowsPerBlock + key;
          const photoId = photoOf[row];
          if (score >= threshold && score > (bestOf.get(photoId)?.score ?? -Infinity)) {
            bestOf.set(photoId, { photoId, faceId: faceOf[row], score, row });
          }
        }
      });
      const matches = [...bestOf.values()].sort((a, b) => b.score - a.score || a.photoId - b.photoId);
      const surest = matches.filter(({ score }) => score >= kinFrom).slice(0, mostSurest);
      return matches.map(({ row, ...match }) => {
        const kin = Math.max(...surest.filter((other) => other.row !== row).map((other) => likeness(row, other.row)));
        return kin === -Infinity ? match : { ...match, kin };
      });
    },

    size: () => faceOf.length,
  };
}

/** Where a template begins. */
interface Row {
  values: Float32Array;
  at: number;
}

/** Inner product of two templates: the cosine, both being of unit length. */
function dot(a: Row, b: Row, dimensions: number): number {
  const [ofA, ofB] = [a.values, b.values];
  let [i, j] = [a.at, b.at];
  // Four sums side by side: of one, each addition would wait for the one before.
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (const last = i + dimensions - 3; i < last; i += 4, j += 4) {
    first += ofA[i] * ofB[j];
    second += ofA[i + 1] * ofB[j + 1];
    third += ofA[i + 2] * ofB[j + 2];
    fourth += ofA[i + 3] * ofB[j + 3];
  }
  for (const end = a.at + dimensions; i < end; i++, j++) first += ofA[i] * ofB[j];
  // Rounding can carry a row's product with itself past 1.
  return Math.max(-1, Math.min(1, first + second + third + fourth));
}
