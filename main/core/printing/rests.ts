const restMs = { first: 2_000, most: 120_000 };

/** How long to wait after something has come to nothing so often in a row, milliseconds: twice as long each time, up to two minutes. */
export const restAfter = (times: number): number => Math.min(restMs.first * 2 ** (times - 1), restMs.most);
