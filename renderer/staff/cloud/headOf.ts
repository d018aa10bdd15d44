import type { SyncProgress } from '../../../preload/index.ts';

/** What matters most of all places together: `sync.heads` of the texts. As long as anything gets through, that is how long the rest takes. */
export function headOf({ isPaused, lanes, secondsLeft }: SyncProgress): Head {
  if (isPaused) return 'paused';
  const isAny = (state: SyncProgress['lanes'][number]['state']) => lanes.some((lane) => lane.state === state);
  if (isAny('running')) return secondsLeft === undefined ? 'running' : 'left';
  if (isAny('refused')) return 'refused';
  return isAny('unreachable') ? 'unreachable' : 'done';
}

type Head = 'paused' | 'running' | 'left' | 'refused' | 'unreachable' | 'done';
