import type { ElectronApplication } from 'playwright-core';

/** How long the event loop of Electron's main process keeps its work waiting. */
export interface LoopWatch {
  reset(): Promise<void>;
  p99Ms(): Promise<number>;
}

// Between two samples; what a sample says includes it (perf_hooks.monitorEventLoopDelay), so it is taken off again.
const resolutionMs = 5;

export async function startLoopWatch(app: ElectronApplication): Promise<LoopWatch> {
  const histogram = await app.evaluateHandle((_, resolution) => {
    const delay = process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution });
    delay.enable();
    return delay;
  }, resolutionMs);
  return {
    reset: () => histogram.evaluate((delay) => delay.reset()),
    p99Ms: () => histogram.evaluate((delay, resolution) => delay.percentile(99) / 1e6 - resolution, resolutionMs),
  };
}
