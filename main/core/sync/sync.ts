import type { Logger } from 'pino';
import { z } from 'zod';
import {
  fail,
  ok,
  type LaneProgress,
  type NoticeCode,
  type Result,
  type SyncLane,
  type SyncProgress,
} from '../../../preload/index.ts';
import type { Store } from '../store/index.ts';
import type { Carrier } from './carrier.ts';
import { createLaneRun, type LaneRun } from './laneRun.ts';
import { createPacer } from './pacer.ts';
import { progressOf } from './progress.ts';
import { createThroughput } from './throughput.ts';

/** Empties the outbox into the cloud, whenever there is a network. */
export interface Sync {
  start(): void;
  progress(): SyncProgress;
  /** Remembered over restarts. What is under way is cut off, and goes on from there. */
  pause(isPaused: boolean): Result<void>;
  /** Whatever rests is tried now: somebody has seen to it. */
  retry(): Result<void>;
  /**
   * Another key to one of the places, which is tried at once.
   *
   * @returns sync.off for a place that there is not, or that needs none; keys.locked, keys.lost
   */
  setKey(lane: SyncLane, key: GivenKey): Result<void>;
  /** What is under way is cut off. */
  stop(): Promise<void>;
}

/** As staff give it. */
export interface GivenKey {
  /** Whose it is, where the place wants to know. */
  id: string;
  secret: string;
}

/** By what a place knows the booth. */
export interface LaneKey {
  /** Where it is from. */
  source(): NonNullable<LaneProgress['key']>;
  /** @returns keys.locked, keys.lost */
  set(key: GivenKey): Result<void>;
}

/** A place that things are brought to. */
export interface Lane {
  lane: SyncLane;
  carrier: Carrier;
  /** undefined for one that needs none. */
  key?: LaneKey | undefined;
}

const pausedName = 'sync-paused';
const noticeOf = {
  bucket: 'notice.cloud-refused',
  findme: 'notice.findme-refused',
  mail: 'notice.mail-refused',
} as const satisfies Record<SyncLane, NoticeCode>;

/**
 * @param deps.atOnce how many rows are under way to the bucket at the same time; to the others it is one
 * @param deps.mostBytesPerSecond of all of them together; undefined: as fast as they go
 * @param deps.isInTheWay somebody is waiting at the booth: photos stand back a little
 * @param deps.onRefusal one of the places refuses what it is brought, or does so no more: the crew's notices are others
 */
export function createSync(deps: {
  store: Store;
  lanes: readonly Lane[];
  atOnce: number;
  mostBytesPerSecond: number | undefined;
  onRefusal?: (() => void) | undefined;
  isInTheWay?: () => boolean;
  log: Logger;
}): Sync {
  const { store, lanes, mostBytesPerSecond, onRefusal, isInTheWay } = deps;
  const pacer = createPacer(mostBytesPerSecond, isInTheWay);
  const throughput = createThroughput();
  const isPaused = () => store.booth.get(pausedName, z.boolean()) === true;
  const runs = lanes.map(({ lane, carrier }) => {
    const run = createLaneRun({
      ...{ ...deps, lane, carrier, pacer, throughput, isPaused },
      // A service hears of a guest in order: that they are forgotten does not overtake what was told of them.
      atOnce: lane === 'bucket' ? deps.atOnce : 1,
      onReach: () => tellCrew(run),
    });
    return run;
  });

  /** Of what somebody has to see to; a network comes back by itself. */
  function tellCrew(run: LaneRun): void {
    const { trouble } = run.reach();
    const notice = noticeOf[run.lane];
    const code = trouble?.isRefused === true ? trouble.code : run.missing();
    if (code === undefined) store.notices.removeCode(notice);
    else store.notices.put(notice, { code });
    onRefusal?.();
  }

  function retry(): Result<void> {
    const hurried = store.outbox.hurry();
    if (hurried.ok) for (const run of runs) run.hurry();
    return hurried;
  }

  return {
    start: () => {
      for (const run of runs) {
        tellCrew(run);
        run.start();
      }
    },

    progress: () => {
      const nowMs = performance.now();
      const standings = runs.map((run, i) => ({ lane: run.lane, reach: run.reach(), key: lanes.at(i)?.key?.source() }));
      return progressOf(store, standings, {
        isPaused: isPaused(),
        bytesPerSecond: throughput.bytesPerSecond(nowMs),
        nowMs,
      });
    },

    pause: (pauses) => {
      const written = pauses ? store.booth.set(pausedName, true) : store.booth.remove(pausedName);
      if (!written.ok) return written;
      for (const run of runs) {
        if (pauses) run.cutOff();
        else run.hurry();
      }
      return ok(undefined);
    },

    retry,

    setKey: (wanted, key) => {
      const keeper = lanes.find(({ lane }) => lane === wanted)?.key;
      if (keeper === undefined) return fail('sync.off');
      const set = keeper.set(key);
      return set.ok ? retry() : set;
    },

    stop: async () => {
      await Promise.all(runs.map((run) => run.stop()));
    },
  };
}
