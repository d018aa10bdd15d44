import { syncKinds, type Fault, type SyncProgress } from '../../../preload/index.ts';
import type { OutboxRow, OutboxSum, Store } from '../store/index.ts';
import type { Reach } from './reach.ts';

/** So many of the things that do not get through are shown. */
const mostTroubled = 20;

interface Standing {
  isPaused: boolean;
  reach: Reach;
  /** Where the key to the cloud is from. */
  key: SyncProgress['key'];
  bytesPerSecond: number | undefined;
  nowMs: number;
}

/** How the sync is, as the crew is told. */
export function progressOf({ outbox, photos }: Store, standing: Standing): SyncProgress {
  const { reach, nowMs } = standing;
  const [waiting, synced, removals] = [outbox.waiting(), outbox.synced(), outbox.countRemovals()];
  const state = stateOf(standing, removals + sumOf(waiting, 'count'));
  const trouble = state === 'unreachable' || state === 'refused' ? reach.trouble : undefined;
  const secondsLeft = state === 'running' ? secondsFor(sumOf(waiting, 'bytes'), standing.bytesPerSecond) : undefined;
  const troubledRow = ({
    id,
    does,
    kind,
    subject,
    tries,
    nextAt,
    fault,
  }: OutboxRow): SyncProgress['troubled'][number] => {
    const photo = photos.findByHash(subject);
    const path = photo === undefined ? undefined : photos.originsOf(photo.id).at(0);
    return { id, does, kind, path: path ?? subject, tries, nextAt, fault: fault ?? { code: 'cloud.failed' } };
  };
  return {
    state,
    ...(trouble === undefined
      ? {}
      : { fault: faultOf(trouble), secondsToTry: Math.max(0, (reach.untilMs - nowMs) / 1000) }),
    kinds: syncKinds.map((kind) => ({ kind, waiting: countOf(waiting, kind), done: countOf(synced, kind) })),
    ...(standing.key === undefined ? {} : { key: standing.key }),
    removals,
    waitingBytes: sumOf(waiting, 'bytes'),
    ...(standing.bytesPerSecond === undefined ? {} : { bytesPerSecond: standing.bytesPerSecond }),
    ...(secondsLeft === undefined ? {} : { secondsLeft }),
    troubled: outbox.troubled(mostTroubled).map(troubledRow),
    troubledCount: outbox.countTroubled(),
  };
}

function stateOf({ isPaused, reach }: Standing, toDo: number): SyncProgress['state'] {
  if (isPaused) return 'paused';
  // Whether the cloud can be reached is of no matter then.
  if (toDo === 0) return 'done';
  if (reach.trouble === undefined) return 'running';
  return reach.trouble.isRefused ? 'refused' : 'unreachable';
}

const faultOf = ({ code, detail }: NonNullable<Reach['trouble']>): Fault =>
  detail === '' ? { code } : { code, detail };

const sumOf = (sums: readonly OutboxSum[], figure: 'count' | 'bytes'): number =>
  sums.reduce((total, sum) => total + sum[figure], 0);

const countOf = (sums: readonly OutboxSum[], kind: OutboxSum['kind']): number =>
  sums.find((sum) => sum.kind === kind)?.count ?? 0;

/** How long so many bytes take. */
export const secondsFor = (bytes: number, bytesPerSecond: number | undefined): number | undefined =>
  bytesPerSecond === undefined || bytesPerSecond <= 0 ? undefined : bytes / bytesPerSecond;
