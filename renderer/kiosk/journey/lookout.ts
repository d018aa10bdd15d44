import type { Guidance } from '../../../preload/index.ts';
import type { Camera } from '../camera/index.ts';
import { delay } from './delay.ts';

/** At most eight checks a second, and never a second one while one is under way. */
const intervalMs = 120;
/** Where there was no frame, or no answer. */
const pauseMs = 60;

export interface LookoutEdges {
  camera: Camera;
  check: (frame: Uint8Array) => Promise<Guidance | undefined>;
  isWatching: () => boolean;
  onGuidance: (guidance: Guidance) => void;
}

/** Has the camera's picture checked again and again for as long as `isWatching` says so. */
export function createLookout({ camera, check, isWatching, onGuidance }: LookoutEdges): { wake(): void } {
  let isAwake = false;

  async function look(): Promise<void> {
    while (isWatching()) {
      const startedAt = performance.now();
      const frame = await camera.frame('guide');
      const guidance = frame && isWatching() ? await check(frame) : undefined;
      if (!isWatching()) return;
      if (guidance !== undefined) onGuidance(guidance);
      const leastMs = guidance === undefined ? pauseMs : 0;
      await delay(Math.max(leastMs, intervalMs - (performance.now() - startedAt)));
    }
  }

  return {
    wake: () => {
      if (isAwake) return;
      isAwake = true;
      void look().finally(() => (isAwake = false));
    },
  };
}
