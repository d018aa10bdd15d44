import type { Contract, Reply, Request } from './contract.ts';
import type { ChildSpec, Exit } from './spawner.ts';
import { createSupervisor, type StartOutcome, type Supervisor, type SupervisorOptions } from './supervisor.ts';

/** A guest who is waiting goes before a photo being indexed. */
export type Lane = 'guest' | 'ingest';

export interface Job<C extends Contract, M extends keyof C> {
  method: M;
  payload: Request<C, M>;
  lane: Lane;
  /** From the moment a worker has it. */
  deadlineMs: number;
}

/** `gaveUp`: it was tried on two workers and each of them died or ran late. */
export type JobOutcome<T> = { at: 'done'; value: T } | { at: 'gaveUp'; reason: 'died' | 'late' } | { at: 'stopped' };

export interface PoolOptions<C extends Contract> extends Omit<SupervisorOptions<C>, 'onReady' | 'onExit'> {
  /** Workers that take photos, and guests where there are no workers for guests alone. */
  size: number;
  /** Workers beside them that take no photo, so that a guest finds one free however busy the others are. */
  guestWorkers: number;
  /** What those are told at their start, where it is something else. */
  guestSpec?: ChildSpec;
  onExit?: (exit: Exit) => void;
}

export interface Pool<C extends Contract> {
  /** Ready when all workers are; refused as soon as one is. */
  start(): Promise<StartOutcome>;
  run<M extends keyof C & string>(job: Job<C, M>): Promise<JobOutcome<Reply<C, M>>>;
  health(): { pids: number[]; rssBytes: number[]; crashes: number; queued: Record<Lane, number> };
  stop(): Promise<void>;
}

interface Queued<C extends Contract> {
  job: Job<C, keyof C & string>;
  /** It was on a worker that died. It runs alone the second time, so that a second death can be its doing only. */
  isSuspect: boolean;
  settle(outcome: JobOutcome<unknown>): void;
  fail(bug: unknown): void;
}

interface Worker<C extends Contract> {
  supervisor: Supervisor<C>;
  isForGuestsOnly: boolean;
  running: Record<Lane, number>;
  /** It runs a suspect job, alone. */
  isReserved: boolean;
}

// Two guests a worker: while one's frame is decoded the other's faces are computed. One that takes no photo is soon done with two more.
const guestsPerWorker = { withPhotos: 2, forGuestsOnly: 4 };
const guestsWorthAPhoto = 3;

/** N supervised workers behind two queues. */
export function createPool<C extends Contract>(options: PoolOptions<C>): Pool<C> {
  const queues: Record<Lane, Queued<C>[]> = { guest: [], ingest: [] };
  let isStopped = false;

  const workers: Worker<C>[] = Array.from({ length: options.size + options.guestWorkers }, (_, i) => {
    // The first are asked first, where it is all the same.
    const isForGuestsOnly = i < options.guestWorkers;
    const spec = isForGuestsOnly ? (options.guestSpec ?? options.spec) : options.spec;
    return {
      isForGuestsOnly,
      supervisor: createSupervisor({ ...options, spec, onReady: () => dispatch() }),
      running: { guest: 0, ingest: 0 },
      isReserved: false,
    };
  });

  const isIdle = (worker: Worker<C>) => worker.running.guest + worker.running.ingest === 0;

  /**
   * Those that a job may go to. Workers for photos take what processor time is left over, and a guest who was put there would wait for whoever takes
   * the rest: they serve guests where there is nobody else.
   */
  function candidatesFor(lane: Lane): Worker<C>[] {
    const ready = workers.filter(({ supervisor }) => supervisor.isReady());
    const forGuests = ready.filter(({ isForGuestsOnly }) => isForGuestsOnly);
    if (lane === 'ingest') return ready.filter(({ isForGuestsOnly }) => !isForGuestsOnly);
    return forGuests.length > 0 ? forGuests : ready;
  }

  function workerFor({ job, isSuspect }: Queued<C>): Worker<C> | undefined {
    const free = candidatesFor(job.lane).filter(({ isReserved }) => !isReserved);
    // A photo is not put where a guest is being served; there will be room in a moment.
    if (isSuspect || job.lane === 'ingest') return free.find(isIdle);
    const most = ({ isForGuestsOnly }: Worker<C>) =>
      isForGuestsOnly ? guestsPerWorker.forGuestsOnly : guestsPerWorker.withPhotos;
    const wait = ({ running }: Worker<C>) => running.guest + running.ingest * guestsWorthAPhoto;
    return free
      .filter((worker) => worker.running.guest < most(worker))
      .sort((a, b) => wait(a) - wait(b))
      .at(0);
  }

  function dispatch(): void {
    for (const lane of ['guest', 'ingest'] as const) {
      for (;;) {
        const next = queues[lane].at(0);
        const worker = next && workerFor(next);
        if (next === undefined || worker === undefined) break;
        queues[lane].shift();
        void run(next, worker);
      }
    }
  }

  async function run(queued: Queued<C>, worker: Worker<C>): Promise<void> {
    const { job } = queued;
    worker.running[job.lane] += 1;
    worker.isReserved = queued.isSuspect;
    try {
      const outcome = await worker.supervisor.call(job.method, job.payload, { deadlineMs: job.deadlineMs });
      switch (outcome.at) {
        case 'done':
        case 'stopped':
          queued.settle(outcome);
          break;
        case 'late':
          tryAgain(queued, 'late');
          break;
        case 'died':
          if (outcome.isBlamed) tryAgain(queued, 'died');
          else putBack(queued);
          break;
      }
    } catch (bug) {
      queued.fail(bug);
    } finally {
      worker.running[job.lane] -= 1;
      if (queued.isSuspect) worker.isReserved = false;
      dispatch();
    }
  }

  function tryAgain(queued: Queued<C>, reason: 'died' | 'late'): void {
    if (queued.isSuspect) queued.settle({ at: 'gaveUp', reason });
    else putBack({ ...queued, isSuspect: true });
  }

  function putBack(queued: Queued<C>): void {
    if (isStopped) queued.settle({ at: 'stopped' });
    else queues[queued.job.lane].unshift(queued);
  }

  return {
    start: async () => {
      const outcomes = await Promise.all(workers.map(({ supervisor }) => supervisor.start()));
      return outcomes.find(({ at }) => at === 'refused') ?? { at: 'ready' };
    },

    run: <M extends keyof C & string>(job: Job<C, M>) => {
      if (isStopped) return Promise.resolve({ at: 'stopped' } as const);
      return new Promise<JobOutcome<Reply<C, M>>>((resolve, fail) => {
        queues[job.lane].push({
          job,
          isSuspect: false,
          settle: (outcome) => resolve(outcome as JobOutcome<Reply<C, M>>),
          fail,
        });
        dispatch();
      });
    },

    health: () => ({
      pids: workers.flatMap(({ supervisor }) => supervisor.pid() ?? []),
      rssBytes: workers.map(({ supervisor }) => supervisor.rssBytes()),
      crashes: workers.reduce((sum, { supervisor }) => sum + supervisor.crashes(), 0),
      queued: { guest: queues.guest.length, ingest: queues.ingest.length },
    }),

    stop: async () => {
      isStopped = true;
      for (const lane of ['guest', 'ingest'] as const) {
        for (const queued of queues[lane].splice(0)) queued.settle({ at: 'stopped' });
      }
      await Promise.all(workers.map(({ supervisor }) => supervisor.stop()));
    },
  };
}
