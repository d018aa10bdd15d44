const firstMs = 200;
const longestMs = 30_000;

/**
 * How long to wait before a child is started again.
 *
 * @param failures how often in a row it ended before it did any work, >= 0
 * @returns milliseconds: 0 after a child that had worked, then 200, 400, ... at most 30,000
 */
export const backoffMs = (failures: number): number =>
  failures <= 0 ? 0 : Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
