import { statfs } from 'node:fs/promises';
import type { Logger } from 'pino';

/** `low`: staff are told. `full`: nothing more is taken in, while there is still room for what guests do. */
export type DiskState = 'fine' | 'low' | 'full';

export interface DiskLimits {
  /** Of the disk's size, 0..1. */
  warnFraction: number;
  stopFraction: number;
  stopBytes: number;
}

export interface DiskGuard {
  state(): DiskState;
  start(): void;
  stop(): void;
}

const everyMs = 5_000;
// A disk that was full is used again once there is this much more room than the limit: not from one photo to the next.
const resumeMargin = 1.1;

/** @param free bytes. @param size of the disk, bytes. @param before how it was a moment ago */
export function diskStateOf(free: number, size: number, before: DiskState, limits: DiskLimits): DiskState {
  const stopAt = Math.max(limits.stopFraction * size, limits.stopBytes);
  if (free < (before === 'full' ? stopAt * resumeMargin : stopAt)) return 'full';
  return free < limits.warnFraction * size ? 'low' : 'fine';
}

/** Watches the room on the library's disk. @param deps.onChanged is told of each change */
export function createDiskGuard(deps: {
  libraryDir: string;
  limits: DiskLimits;
  onChanged: (state: DiskState) => void;
  log: Logger;
}): DiskGuard {
  const { libraryDir, limits, onChanged, log } = deps;
  let state: DiskState = 'fine';
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    // A disk that does not answer is the library's to report when it is written to.
    const disk = await statfs(libraryDir).catch(() => undefined);
    if (disk === undefined) return;
    const now = diskStateOf(disk.bavail * disk.bsize, disk.blocks * disk.bsize, state, limits);
    if (now === state) return;
    state = now;
    log.warn({ disk: now }, 'room on the library’s disk');
    onChanged(now);
  }

  return {
    state: () => state,
    start: () => {
      void look();
      timer = setInterval(() => void look(), everyMs).unref();
    },
    stop: () => clearInterval(timer),
  };
}
