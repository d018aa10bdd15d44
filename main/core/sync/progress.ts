import type { Fault, LaneProgress, SyncLane, SyncProgress } from '../../../preload/index.ts';
import { kindsOf, type OutboxRow, type OutboxSum, type Store } from '../store/index.ts';
import type { Reach } from './reach.ts';

/** So many of the things that do not get through are shown. */
const mostTroubled = 20;

/** How it is with one place, as far as whoever brings things there knows. */
export interface LaneStanding {
  lane: SyncLane;
  reach: Reach;
  key: LaneProgress['key'];
}

interface Standing {
  isPaused: boolean;
  bytesPerSecond: number | undefined;
  /** Milliseconds of the monotonic clock. */
  nowMs: number;
}

/** How the sync is, as the crew is told. */
export function progressOf(
  { outbox, photos }: Store,
  lanes: readonly LaneStanding[],
  { isPaused, bytesPerSecond, nowMs }: Standing,
): SyncProgress {
  const ours = new Set(lanes.flatMap(({ lane }) => kindsOf(lane)));
  const isOurs = ({ kind }: { kind: OutboxRow['kind'] }) => ours.has(kind);
  const [waiting, synced, removals] = [outbox.waiting(), outbox.synced(), outbox.removals()];
  const waitingBytes = sumOf(waiting.filter(isOurs), 'bytes');

  function laneProgressOf({ lane, reach, key }: LaneStanding): LaneProgress {
    const kinds = kindsOf(lane);
    const toDo = [...waiting, ...removals].filter(({ kind }) => kinds.includes(kind));
    const state = stateOf(isPaused, reach, sumOf(toDo, 'count'));
    const trouble = state === 'unreachable' || state === 'refused' ? reach.trouble : undefined;
    return {
      ...{ lane, state },
      ...(trouble === undefined
        ? {}
        : { fault: faultOf(trouble), secondsToTry: Math.max(0, (reach.untilMs - nowMs) / 1000) }),
      ...(key === undefined ? {} : { key }),
      kinds: kinds.map((kind) => ({ kind, waiting: countOf(waiting, kind), done: countOf(synced, kind) })),
    };
  }

  const troubledRow = ({ id, does, kind, subject, tries, nextAt, fault }: OutboxRow) => {
    const photo = photos.findByHash(subject);
    const path = photo === undefined ? undefined : photos.originsOf(photo.id).at(0);
    const { code, detail } = fault ?? { code: 'cloud.failed' as const };
    return { id, does, kind, path: path ?? subject, tries, nextAt, fault: faultOf({ code, detail: detail ?? '' }) };
  };

  const known = lanes.map(laneProgressOf);
  const isRunning = known.some(({ lane, state }) => lane === 'bucket' && state === 'running');
  const secondsLeft = isRunning ? secondsFor(waitingBytes, bytesPerSecond) : undefined;
  const troubled = outbox.troubled(mostTroubled).filter(isOurs);
  return {
    ...{ isPaused, lanes: known, waitingBytes },
    removals: sumOf(removals.filter(isOurs), 'count'),
    ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
    ...(secondsLeft === undefined ? {} : { secondsLeft }),
    troubled: troubled.map(troubledRow),
    troubledCount: sumOf(outbox.troubledByKind().filter(isOurs), 'count'),
  };
}

function stateOf(isPaused: boolean, reach: Reach, toDo: number): LaneProgress['state'] {
  if (isPaused) return 'paused';
  // Whether the place can be reached is of no matter then.
  if (toDo === 0) return 'done';
  if (reach.trouble === undefined) return 'running';
  return reach.trouble.isRefused ? 'refused' : 'unreachable';
}

const faultOf = ({ code, detail }: { code: Fault['code']; detail: string }): Fault =>
  detail === '' ? { code } : { code, detail };

const sumOf = <F extends 'count' | 'bytes'>(sums: readonly Record<F, number>[], figure: F): number =>
  sums.reduce((total, sum) => total + sum[figure], 0);

const countOf = (sums: readonly OutboxSum[], kind: OutboxSum['kind']): number =>
  sums.find((sum) => sum.kind === kind)?.count ?? 0;

/** How long so many bytes take. */
export const secondsFor = (bytes: number, bytesPerSecond: number | undefined): number | undefined =>
  bytesPerSecond === undefined || bytesPerSecond <= 0 ? undefined : bytes / bytesPerSecond;
