/** Memory to be used again. */
export interface Spare {
  /** So many bytes or more; what is in them is left from before. */
  readonly take: (bytes: number) => ArrayBufferLike;
  /** It is no longer needed. */
  readonly giveBack: (memory: ArrayBufferLike) => void;
}

// Smaller pieces are soon made.
const leastBytes = 1e6;

/**
 * Keeps a large piece of memory for the next photo. The system lays out a new one page by page as it is first written to, and takes it away again: for a
 * photo's pixels that can take longer than all that is done with them.
 *
 * @param mostBytes what is larger is not kept
 */
export function createSpare(mostBytes: number): Spare {
  let spare: ArrayBufferLike | undefined;
  return {
    take: (bytes) => {
      if (spare === undefined || bytes < leastBytes || bytes > spare.byteLength) return new ArrayBuffer(bytes);
      const taken = spare;
      spare = undefined;
      return taken;
    },
    giveBack: (memory) => {
      const { byteLength } = memory;
      if (byteLength >= Math.max(leastBytes, spare?.byteLength ?? 0) && byteLength <= mostBytes) spare = memory;
    },
  };
}
