/**
 * Does something that a line may never answer to.
 *
 * @param work has to end when its signal says so
 */
export const inTime = async <T>(limitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const stop = new AbortController();
  const timer = setTimeout(() => {
    stop.abort();
  }, limitMs);
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
  }
};
