import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Result, SyncLane } from '../../../preload/index.ts';
import type { OutboxRow, Store } from '../store/index.ts';
import type { Carried, Carrier } from './carrier.ts';
import type { Pacer } from './pacer.ts';
import { isOfOne, reachable, reachAfter, widthOf, type Reach } from './reach.ts';
import { restOfOne } from './rests.ts';
import type { CloudFault, CloudOutcome } from './storage.ts';
import type { Throughput } from './throughput.ts';
import { within } from './within.ts';

/** Brings what the outbox has for one place there, whenever that can be reached. */
export interface LaneRun {
  readonly lane: SyncLane;
  start(): void;
  reach(): Reach;
  /** What keeps some things from there until somebody has seen to it, while others get through. */
  missing(): CloudFault | undefined;
  /** Cuts off what is under way; it goes on from there. */
  cutOff(): void;
  /** Looks at once, as if nothing had failed. */
  hurry(): void;
  /** What is under way is cut off. */
  stop(): Promise<void>;
}

/** How often it is looked whether there is something to do. */
const quietMs = 2_000;
const checkMs = 60_000;
/** Whoever is at an object for longer than it may take over a line as slow as this is given up. */
const patienceMs = 600_000;
const slowestBytesPerSecond = 10_000;

/** What is said of a place that the carrier itself can say nothing of. */
const codesOf = {
  bucket: { unreachable: 'cloud.unreachable', failed: 'cloud.failed' },
  findme: { unreachable: 'findme.unreachable', failed: 'findme.failed' },
  mail: { unreachable: 'mail.unreachable', failed: 'mail.failed' },
} as const satisfies Record<SyncLane, Record<'unreachable' | 'failed', CloudFault>>;

/**
 * @param deps.atOnce how many rows are under way at the same time
 * @param deps.onReach it can be reached again, or not any more, or something is missing there
 */
export function createLaneRun(deps: {
  lane: SyncLane;
  carrier: Carrier;
  store: Pick<Store, 'outbox'>;
  pacer: Pacer;
  throughput: Throughput;
  atOnce: number;
  mostBytesPerSecond: number | undefined;
  isPaused: () => boolean;
  onReach: () => void;
  log: Logger;
}): LaneRun {
  const { lane, carrier, store, pacer, throughput, atOnce, mostBytesPerSecond, isPaused, onReach, log } = deps;
  const { outbox } = store;
  const codes = codesOf[lane];
  const late: CloudOutcome = { at: 'later', code: codes.unreachable, detail: 'it took too long' };
  const stopping = new AbortController();
  const underWay = new Map<number, Promise<void>>();
  let cuttingOff = new AbortController();
  let waking = new AbortController();
  let reach: Reach = reachable;
  let missing: CloudFault | undefined;
  let running: Promise<void> | undefined;

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
    said(outbox.releaseAllBut(lane, new Set(underWay.keys())));
    if (isPaused()) return quietMs;
    const room = widthOf(reach, performance.now(), atOnce) - underWay.size;
    if (room <= 0) return quietMs;
    const claimed = outbox.claim(lane, room);
    if (!claimed.ok) {
      log.error({ fault: claimed.fault }, 'the outbox cannot be written');
      return quietMs;
    }
    // Whether it is back is found out with less than a whole photo, and only where there is something to bring.
    const mayBegin = claimed.value.length === 0 || reach.failures === 0 || (await isBack());
    for (const row of claimed.value) {
      // One that has failed is due again when somebody hurries, while it is still being found out what that meant.
      if (mayBegin && !underWay.has(row.id)) begin(row);
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
        log.error({ err: error, row: row.id }, 'a row of the outbox');
        rest(row, { at: 'later', code: codes.failed, detail: String(error) });
      })
      .finally(() => {
        underWay.delete(row.id);
        wake();
      });
    underWay.set(row.id, done);
  }

  async function doOne(row: OutboxRow, cutOff: AbortSignal): Promise<void> {
    const startedMs = performance.now();
    let pacedBytes = 0;
    const carry = async (signal: AbortSignal): Promise<Carried> => {
      // Reading and hashing it takes its time, too.
      await pacer.standBack(signal);
      return carrier.carry(row, signal, async (bytes) => {
        await pacer.take(bytes, signal);
        pacedBytes += bytes;
        throughput.sent(bytes, performance.now());
      });
    };
    const carried = await within(deadlineOf(row.sizeBytes), cutOff, carry, { outcome: late });
    if (carried.outcome.at === 'done') payFor((carried.content?.sizeBytes ?? 0) - pacedBytes);
    await settle(row, carried, startedMs, cutOff);
  }

  /** For bytes that were sent without being asked. */
  function payFor(bytes: number): void {
    if (bytes <= 0) return;
    throughput.sent(bytes, performance.now());
    pacer.owe(bytes);
  }

  const deadlineOf = (sizeBytes: number): number =>
    patienceMs + (sizeBytes / Math.min(slowestBytesPerSecond, (mostBytesPerSecond ?? Infinity) / (2 * atOnce))) * 1000;

  async function settle(
    row: OutboxRow,
    { outcome, content }: Carried,
    startedMs: number,
    cutOff: AbortSignal,
  ): Promise<void> {
    if (outcome.at === 'done') {
      know(outcome, startedMs);
      if (missing !== undefined && row.fault?.code === missing) miss(undefined);
      // What cannot be written down is done once more, to no harm.
      said(outbox.confirm(row, row.does === 'put' ? (content ?? nothing) : undefined));
      return;
    }
    if (cutOff.aborted) {
      said(outbox.release(row));
      return;
    }
    rest(row, outcome);
    if (isOfOne(outcome)) {
      if (outcome.code === 'cloud.no-expiry') miss(outcome.code);
      return;
    }
    // It may be refused for its own sake alone: then the others go on, if cautiously.
    const checked = outcome.at === 'refused' ? await check() : outcome;
    know(checked.at === 'done' ? { ...outcome, at: 'later' } : checked, startedMs);
  }

  function rest(row: OutboxRow, failed: Exclude<CloudOutcome, { at: 'done' }>): void {
    const { code, detail } = failed;
    const restMs = restOfOne(failed, row.tries + 1, Math.random());
    log.debug({ row: row.id, code, detail, tries: row.tries + 1, restMs }, 'a row of the outbox does not get through');
    said(outbox.fail(row, new Date(Date.now() + restMs), detail === '' ? { code } : { code, detail }));
  }

  function said(written: Result<void>): void {
    if (!written.ok) log.error({ fault: written.fault }, 'the outbox cannot be written');
  }

  function know(outcome: CloudOutcome, startedMs: number): void {
    const before = reach;
    reach = reachAfter(reach, outcome, { startedMs, nowMs: performance.now(), random: Math.random() });
    if (before.trouble?.code === reach.trouble?.code && before.trouble?.isRefused === reach.trouble?.isRefused) return;
    if (reach.trouble === undefined) log.info({ lane, was: before.trouble }, 'it is reached again');
    else log.warn({ lane, trouble: reach.trouble }, 'it cannot be reached');
    onReach();
  }

  function miss(code: CloudFault | undefined): void {
    if (missing === code) return;
    missing = code;
    onReach();
  }

  const check = (): Promise<CloudOutcome> => within(checkMs, stopping.signal, () => carrier.check(), late);

  return {
    lane,
    start: () => {
      running ??= run();
    },
    reach: () => reach,
    missing: () => missing,
    cutOff: () => {
      cuttingOff.abort();
      cuttingOff = new AbortController();
      wake();
    },
    hurry: () => {
      reach = { ...reach, untilMs: -Infinity };
      wake();
    },
    stop: async () => {
      stopping.abort();
      cuttingOff.abort();
      await running;
      carrier.close();
    },
  };
}

/** Of what leaves nothing behind that could be looked at. */
const nothing = { sha256: '', sizeBytes: 0 };
