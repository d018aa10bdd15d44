import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { fail, ok, type Fault, type Result } from '../../../preload/index.ts';

/** One selfie's way through the queue. */
export interface Job {
  readonly id: string;
  /** In whose language it is told of. */
  readonly token: string;
  state: 'queued' | 'running' | 'done' | 'failed';
  fault?: Fault;
  photos?: number;
  /** By what it is found in the log: the guest's record, and the request that brought the selfie. */
  readonly ids: JobIds;
}

export interface JobIds {
  guestId: string;
  requestId: string;
}

/** How long a selfie waited and was searched for, milliseconds. */
export interface JobTimes {
  queueMs: number;
  matchMs: number;
}

/** The selfies of phones: so many at once as there are workers, and no more in wait than will be searched soon. A request never waits for one. */
export interface SelfieJobs {
  /** @returns selfie.queue-full, also while the guest's last selfie is under way */
  add(token: string, selfie: Uint8Array, ids: JobIds): Result<Job>;
  get(jobId: string): Job | undefined;
  /** Seconds after which there will be room. */
  retryAfterS(): number;
  readonly waiting: () => number;
  /** `job`: one is in another state. */
  readonly events: EventEmitter<{ job: [Job] }>;
}

// So long a phone may come back for what became of its selfie.
const keptMs = 10 * 60_000;
const firstGuessMs = 500;

/**
 * @param deps.atOnce how many are searched for at the same time
 * @param deps.mostWaiting beyond these no more are taken
 */
export function createSelfieJobs(deps: {
  search: (token: string, selfie: Uint8Array) => Promise<Result<{ photos: number }>>;
  atOnce: number;
  mostWaiting: number;
  onDone: (job: Job, times: JobTimes) => void;
}): SelfieJobs {
  const { search, atOnce, mostWaiting, onDone } = deps;
  const jobs = new Map<string, Job>();
  const underWay = new Set<string>();
  const waiting: { job: Job; selfie: Uint8Array; atMs: number }[] = [];
  const events: SelfieJobs['events'] = new EventEmitter();
  events.setMaxListeners(0);
  let running = 0;
  /** What one takes, smoothed. */
  let usualMs = firstGuessMs;

  function settle(job: Job, change: Partial<Job>): void {
    Object.assign(job, change);
    events.emit('job', job);
  }

  async function run({ job, selfie, atMs }: (typeof waiting)[number]): Promise<void> {
    running += 1;
    const startMs = performance.now();
    settle(job, { state: 'running' });
    const found = await search(job.token, selfie).catch(() => fail('engine.failed'));
    const endMs = performance.now();
    running -= 1;
    underWay.delete(job.token);
    usualMs = 0.8 * usualMs + 0.2 * (endMs - startMs);
    settle(job, found.ok ? { state: 'done', photos: found.value.photos } : { state: 'failed', fault: found.fault });
    onDone(job, { queueMs: startMs - atMs, matchMs: endMs - startMs });
    setTimeout(() => jobs.delete(job.id), keptMs).unref();
    next();
  }

  function next(): void {
    while (running < atOnce) {
      const first = waiting.shift();
      if (first === undefined) return;
      void run(first);
    }
  }

  return {
    events,
    add: (token, selfie, ids) => {
      if (waiting.length >= mostWaiting || underWay.has(token)) return fail('selfie.queue-full');
      const job: Job = { id: randomBytes(16).toString('base64url'), token, ids, state: 'queued' };
      jobs.set(job.id, job);
      underWay.add(token);
      waiting.push({ job, selfie, atMs: performance.now() });
      next();
      return ok(job);
    },
    get: (jobId) => jobs.get(jobId),
    retryAfterS: () => Math.max(1, Math.ceil((waiting.length * usualMs) / atOnce / 1000)),
    waiting: () => waiting.length,
  };
}
