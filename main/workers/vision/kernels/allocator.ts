/** Which parts of a memory are in use. */
export interface Allocator {
  /** @returns where so many bytes are free, undefined where there are not that many side by side */
  readonly take: (bytes: number) => number | undefined;
  /** They are free again. @param at what `take` has returned */
  readonly giveBack: (at: number) => void;
  /** Everything is free again. @returns the end of what has been in use since the last time */
  readonly clear: () => number;
}

interface Part {
  at: number;
  end: number;
}

// As far as the widest loads go, so that none of them touches two lines of the cache.
const alignment = 64;

/** Hands out the first gap that is wide enough: a photo needs a few dozen parts. @param from the first byte that may be used; @param to the first that may not */
export function createAllocator(from: number, to: number): Allocator {
  // In use, in their order.
  let parts: Part[] = [];
  let highest = from;
  const first = alignedUp(from);
  return {
    take: (bytes) => {
      let at = first;
      let index = 0;
      for (const part of parts) {
        if (part.at - at >= bytes) break;
        at = alignedUp(part.end);
        index += 1;
      }
      const end = at + bytes;
      if (end > to) return undefined;
      parts.splice(index, 0, { at, end });
      highest = Math.max(highest, end);
      return at;
    },
    giveBack: (at) => {
      parts = parts.filter((part) => part.at !== at);
    },
    clear: () => {
      parts = [];
      const reached = highest;
      highest = from;
      return reached;
    },
  };
}

const alignedUp = (address: number): number => Math.ceil(address / alignment) * alignment;
