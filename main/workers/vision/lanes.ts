import type { Lane } from '../../processes/index.ts';

/** Runs one step at a time; of those that wait, a guest's goes first. */
export interface Lanes {
  step<T>(lane: Lane, work: () => Promise<T> | T): Promise<T>;
}

/**
 * The worker's own order of work. A picture is searched in steps, and between any two of an indexed photo a waiting guest gets in: the longest
 * a guest waits is one step.
 */
export function createLanes(): Lanes {
  const waiting: Record<Lane, (() => void)[]> = { guest: [], ingest: [] };
  let isBusy = false;

  const next = () => {
    const begin = waiting.guest.shift() ?? waiting.ingest.shift();
    if (begin === undefined) isBusy = false;
    else begin();
  };

  return {
    step: async (lane, work) => {
      if (isBusy) await new Promise<void>((begin) => waiting[lane].push(begin));
      isBusy = true;
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
}
