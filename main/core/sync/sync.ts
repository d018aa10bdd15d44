import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import { fail, ok, type Result, type SyncProgress } from '../../../preload/index.ts';
import type { OutboxRow, Store } from '../store/index.ts';
import type { Contents } from './contents.ts';
import { progressOf } from './progress.ts';
import type { CloudKey, KeyRing } from './keyRing.ts';
import { keyOf } from './keys.ts';
import { createPacer } from './pacer.ts';
import { isOfOne, reachable, reachAfter, widthOf, type Reach } from './reach.ts';
import { restOfOne } from './rests.ts';
import type { CloudOutcome, Storage } from './storage.ts';
import { createThroughput } from './throughput.ts';

/** Empties the outbox into the cloud, whenever there is a network. */
export interface Sync {
  start(): void;
  progress(): SyncProgress;
  /** Remembered over restarts. What is under way is cut off, and goes on from there. */
  pause(isPaused: boolean): Result<void>;
  /** Whatever rests is tried now: somebody has seen to it. */
  retry(): Result<void>;
  /** Another key to the cloud, which is tried at once. @returns sync.off, keys.locked, keys.lost */
  setKey(key: CloudKey): Result<void>;
  /** What is under way is cut off. */
  stop(): Promise<void>;
}

const pausedName = 'sync-paused';
/** How often it is looked whether there is something to do. */
const quietMs = 2_000;
const checkMs = 60_000;
/** Whoever is at an object for longer than it may take over a line as slow as this is given up. */
const patienceMs = 600_000;
const slowestBytesPerSecond = 10_000;
/** Within which a request that is cut off has to end. */
const heedMs = 5_000;

/**
 * @param deps.keyRing undefined for a cloud that needs no key
 * @param deps.atOnce how many objects are under way at the same time
 * @param deps.mostBytesPerSecond of all of them together; undefined: as fast as they go
 */
export function createSync(deps: {
  store: Store;
  storage: Storage;
  contents: Contents;
  keyRing: KeyRing | undefined;
  atOnce: number;
  mostBytesPerSecond: number | undefined;
  log: Logger;
}): Sync {
  const { store, storage, contents, keyRing, atOnce, mostBytesPerSecond, log } = deps;
  const { outbox } = store;
  const pacer = createPacer(mostBytesPerSecond);
  const throughput = createThroughput();
  const stopping = new AbortController();
  const underWay = new Map<number, Promise<void>>();
  let cuttingOff = new AbortController();
  let waking = new AbortController();
  let reach: Reach = reachable;
  let running: Promise<void> | undefined;

  const isPaused = () => store.booth.get(pausedName, z.boolean()) === true;
  const wake = () => waking.abort();
  // A call, because the compiler takes what it has seen of a signal to hold across an await.
  const isStopping = () => stopping.signal.aborted;

  async function run(): Promise<void> {
    while (!isStopping()) {
      waking = new AbortController();
      const restMs = await takeTurn().catch((error: unknown) => {
        log.error({ err: error }, 'the sync');
        return quietMs;
      });
      const pause = AbortSignal.any([waking.signal, stopping.signal]);
      await sleep(restMs, undefined, { signal: pause }).catch(() => undefined);
    }
    await Promise.all(underWay.values());
  }

  /** @returns when to look again, milliseconds from now, unless something happens before */
  async function takeTurn(): Promise<number> {
    outbox.releaseAllBut(new Set(underWay.keys()));
    if (isPaused()) return quietMs;
    const room = widthOf(reach, performance.now(), atOnce) - underWay.size;
    if (room <= 0) return quietMs;
    const claimed = outbox.claim(room);
    if (!claimed.ok) {
      log.error({ fault: claimed.fault }, 'the outbox cannot be written');
      return quietMs;
    }
    // Whether it is back is found out with less than a whole photo, and only where there is something to bring.
    const mayBegin = claimed.value.length === 0 || reach.failures === 0 || (await isBack());
    for (const row of claimed.value) {
      if (mayBegin) begin(row);
      else said(outbox.release(row));
    }
    return quietMs;
  }

  async function isBack(): Promise<boolean> {
    const startedMs = performance.now();
    const checked = await check();
    if (checked.at !== 'done') know(checked, startedMs);
    return checked.at === 'done' && !isStopping() && !isPaused();
  }

  function begin(row: OutboxRow): void {
    const cutOff = cuttingOff.signal;
    const done = doOne(row, cutOff)
      .catch((error: unknown) => {
        if (cutOff.aborted) {
          said(outbox.release(row));
          return;
        }
        log.error({ err: error, row: row.id }, 'an object of the outbox');
        rest(row, { at: 'later', code: 'cloud.failed', detail: String(error) });
      })
      .finally(() => {
        underWay.delete(row.id);
        wake();
      });
    underWay.set(row.id, done);
  }

  async function doOne(row: OutboxRow, cutOff: AbortSignal): Promise<void> {
    const startedMs = performance.now();
    if (row.does === 'remove') {
      const key = keyOf(row);
      const outcome = await within(deadlineOf(0), cutOff, () => storage.remove(key));
      await settle(row, outcome, startedMs, cutOff, undefined);
      return;
    }
    const content = await contents.contentOf(row);
    cutOff.throwIfAborted();
    if (!content.ok) {
      rest(row, { at: 'refused', code: 'cloud.content-missing', detail: content.fault.detail ?? '' });
      return;
    }
    const { object, sizeBytes } = content.value;
    // For what went before it without being asked.
    await pacer.take(0, cutOff);
    let pacedBytes = 0;
    const outcome = await within(deadlineOf(sizeBytes), cutOff, (signal) =>
      storage.put(object, signal, async (bytes) => {
        await pacer.take(bytes, signal);
        pacedBytes += bytes;
        throughput.sent(bytes, performance.now());
      }),
    );
    if (outcome.at === 'done') {
      const unasked = Math.max(0, sizeBytes - pacedBytes);
      throughput.sent(unasked, performance.now());
      pacer.owe(unasked);
    }
    await settle(row, outcome, startedMs, cutOff, { sha256: object.sha256, sizeBytes });
  }

  const deadlineOf = (sizeBytes: number): number =>
    patienceMs + (sizeBytes / Math.min(slowestBytesPerSecond, (mostBytesPerSecond ?? Infinity) / (2 * atOnce))) * 1000;

  async function settle(
    row: OutboxRow,
    outcome: CloudOutcome,
    startedMs: number,
    cutOff: AbortSignal,
    content: { sha256: string; sizeBytes: number } | undefined,
  ): Promise<void> {
    if (outcome.at === 'done') {
      know(outcome, startedMs);
      // What cannot be written down is done once more, to no harm.
      said(outbox.confirm(row, content));
      return;
    }
    if (cutOff.aborted) {
      said(outbox.release(row));
      return;
    }
    rest(row, outcome);
    if (isOfOne(outcome)) return;
    // It may be refused for its own sake alone: then the others go on, if cautiously.
    const checked = outcome.at === 'refused' ? await check() : outcome;
    know(checked.at === 'done' ? { ...outcome, at: 'later' } : checked, startedMs);
  }

  function rest(row: OutboxRow, failed: Exclude<CloudOutcome, { at: 'done' }>): void {
    const { code, detail } = failed;
    const restMs = restOfOne(failed, row.tries + 1, Math.random());
    log.debug({ row: row.id, code, detail, tries: row.tries + 1, restMs }, 'an object does not get through');
    said(outbox.fail(row, new Date(Date.now() + restMs), detail === '' ? { code } : { code, detail }));
  }

  function said(written: Result<void>): void {
    if (!written.ok) log.error({ fault: written.fault }, 'the outbox cannot be written');
  }

  function know(outcome: CloudOutcome, startedMs: number): void {
    const before = reach;
    reach = reachAfter(reach, outcome, { startedMs, nowMs: performance.now(), random: Math.random() });
    if (before.trouble?.code === reach.trouble?.code && before.trouble?.isRefused === reach.trouble?.isRefused) return;
    if (reach.trouble === undefined) log.info({ was: before.trouble }, 'the cloud is reached again');
    else log.warn({ trouble: reach.trouble }, 'the cloud cannot be reached');
    tellCrew();
  }

  /** Of what somebody has to see to; a network comes back by itself. */
  function tellCrew(): void {
    const { trouble } = reach;
    if (trouble?.isRefused === true) store.notices.put('notice.cloud-refused', { code: trouble.code });
    else store.notices.removeCode('notice.cloud-refused');
  }

  function retry(): Result<void> {
    const hurried = outbox.hurry();
    if (!hurried.ok) return hurried;
    reach = { ...reach, untilMs: -Infinity };
    wake();
    return hurried;
  }

  const check = (): Promise<CloudOutcome> => within(checkMs, stopping.signal, () => storage.check());

  return {
    start: () => {
      tellCrew();
      running ??= run();
    },

    progress: () => {
      const nowMs = performance.now();
      const bytesPerSecond = throughput.bytesPerSecond(nowMs);
      return progressOf(store, { isPaused: isPaused(), reach, key: keyRing?.source(), bytesPerSecond, nowMs });
    },

    pause: (pauses) => {
      const written = pauses ? store.booth.set(pausedName, true) : store.booth.remove(pausedName);
      if (!written.ok) return written;
      if (pauses) {
        cuttingOff.abort();
        cuttingOff = new AbortController();
      } else {
        reach = { ...reach, untilMs: -Infinity };
      }
      wake();
      return ok(undefined);
    },

    retry,

    setKey: (key) => {
      if (keyRing === undefined) return fail('sync.off');
      const set = keyRing.set(key);
      return set.ok ? retry() : set;
    },

    stop: async () => {
      stopping.abort();
      cuttingOff.abort();
      await running;
    },
  };
}

/**
 * A request that is given up when it takes too long, whether or not it heeds its signal.
 *
 * @param cutOff somebody does not want it any more
 */
async function within(
  deadlineMs: number,
  cutOff: AbortSignal,
  request: (signal: AbortSignal) => Promise<CloudOutcome>,
): Promise<CloudOutcome> {
  cutOff.throwIfAborted();
  const isOver = new AbortController();
  const deadline = new AbortController();
  const signal = AbortSignal.any([cutOff, deadline.signal]);
  const late: CloudOutcome = { at: 'later', code: 'cloud.unreachable', detail: 'it took too long' };
  const timer = setTimeout(() => deadline.abort(), deadlineMs);
  const asked = request(signal).catch((error: unknown) => {
    if (signal.aborted) return late;
    throw error;
  });
  const givenUp = new Promise<CloudOutcome>((resolve) => {
    const giveUp = () =>
      void sleep(heedMs, undefined, { signal: isOver.signal }).then(
        () => resolve(late),
        () => undefined,
      );
    signal.addEventListener('abort', giveUp, { once: true, signal: isOver.signal });
  });
  try {
    return await Promise.race([asked, givenUp]);
  } finally {
    clearTimeout(timer);
    isOver.abort();
  }
}
