/** Arrays to be used again. */
export interface Spares<T> {
  /** One of exactly this length; what is in it is left from before. */
  readonly take: (length: number) => T;
  /** It is no longer needed. */
  readonly giveBack: (array: T) => void;
}

/**
 * Keeps large arrays for the next photo. The system lays the memory of a new one page by page as it is first written to, and takes it away again: for a
 * photo's pixels that can take longer than all that is done with them.
 *
 * @param most so many are kept; the one that came back first goes first
 */
export function createSpares<T extends { length: number }>(make: (length: number) => T, most: number): Spares<T> {
  const spares: T[] = [];
  return {
    take: (length) => {
      const at = spares.findIndex((spare) => spare.length === length);
      return at < 0 ? make(length) : spares.splice(at, 1)[0];
    },
    giveBack: (array) => {
      spares.push(array);
      if (spares.length > most) spares.shift();
    },
  };
}
