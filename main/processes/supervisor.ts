import type { z } from 'zod';
import { backoffMs } from './backoff.ts';
import { fromChildSchema, type Contract, type FromChild, type Reply, type Request, type ToChild } from './contract.ts';
import type { Child, ChildSpec, Exit, Spawner } from './spawner.ts';

export type StartOutcome = { at: 'ready' } | { at: 'refused'; reason: string };

/** `died.isBlamed` is false where this call had no part in it: it had not begun, or the child was ended because of another one. */
export type CallOutcome<T> =
  { at: 'done'; value: T } | { at: 'died'; exit: Exit; isBlamed: boolean } | { at: 'late' } | { at: 'stopped' };

export interface SupervisorOptions<C extends Contract> {
  contract: C;
  spawner: Spawner;
  spec: ChildSpec;
  /** A child that is not ready by then is killed and counts as a failure. */
  startDeadlineMs: number;
  /** How long a child may take to end when asked, before it is killed. */
  stopDeadlineMs: number;
  /** Resident memory at which a child is replaced once it has nothing in hand; it says how much with each reply. */
  maxRssBytes: number;
  /** A child has ended that was not asked to by stop(). */
  onExit?: (exit: Exit) => void;
  /**
   * What each new child, the first and every replacement, has to be told before it is given any call. If the child dies
   * meanwhile, the next one is told from the start.
   */
  prepare?: (ask: Ask<C>) => Promise<void>;
  /** The child can be given calls now. */
  onReady?: () => void;
}

/** Asks the child there is now, ready or not; rejects if it ends before it answers. */
export type Ask<C extends Contract> = <M extends keyof C & string>(
  method: M,
  payload: Request<C, M>,
) => Promise<Reply<C, M>>;

export interface Supervisor<C extends Contract> {
  start(): Promise<StartOutcome>;
  /** Waits until the child is ready, then asks it. The deadline runs from the asking. Throws if a handler threw. */
  call<M extends keyof C & string>(
    method: M,
    payload: Request<C, M>,
    options: { deadlineMs: number },
  ): Promise<CallOutcome<Reply<C, M>>>;
  /** True when a call would be put to the child now. */
  isReady(): boolean;
  pid(): number | undefined;
  rssBytes(): number;
  /** How many times a child had to be replaced because it crashed, hung or would not start. */
  crashes(): number;
  stop(): Promise<void>;
}

interface Call {
  settle(outcome: CallOutcome<unknown>): void;
  fail(bug: Error): void;
  timer: NodeJS.Timeout;
  hasBegun: boolean;
}

type State = 'idle' | 'starting' | 'ready' | 'draining' | 'waiting' | 'stopping' | 'stopped';

/** Keeps one child running: starts it, hands it calls, replaces it when it dies, hangs or has grown too large. */
export function createSupervisor<C extends Contract>(options: SupervisorOptions<C>): Supervisor<C> {
  let state: State = 'idle';
  let child: Child | undefined;
  let failures = 0;
  let crashes = 0;
  let rssBytes = 0;
  let lastId = 0;
  let lastRefusal: string | undefined;
  let culprit: number | undefined;
  let startTimer: NodeJS.Timeout | undefined;
  let spawnTimer: NodeJS.Timeout | undefined;
  const calls = new Map<number, Call>();
  const untilChange = new Set<() => void>();
  const untilStopped = new Set<() => void>();
  const untilFirst = new Set<(outcome: StartOutcome) => void>();

  const post = (message: ToChild) => child?.post(message);

  function spawn(): void {
    state = 'starting';
    const spawned = options.spawner(options.spec);
    child = spawned;
    spawned.onMessage((raw) => {
      if (child === spawned) hear(fromChildSchema.parse(raw));
    });
    spawned.onExit((exit) => {
      if (child === spawned) ended(exit);
    });
    startTimer = setTimeout(() => spawned.kill(), options.startDeadlineMs);
    post({ type: 'open', settings: options.spec.settings });
  }

  function hear(message: FromChild): void {
    switch (message.type) {
      case 'ready':
        clearTimeout(startTimer);
        void prepareAndRelease();
        return;
      case 'refused':
        lastRefusal = message.reason;
        child?.kill();
        return;
      case 'began': {
        const call = calls.get(message.id);
        if (call !== undefined) call.hasBegun = true;
        return;
      }
      case 'reply':
        failures = 0;
        rssBytes = message.rssBytes;
        take(message.id)?.settle({ at: 'done', value: message.value });
        recycleIfLarge();
        return;
      case 'bug': {
        const bug = new Error(`${options.spec.entry}: ${message.message}`);
        bug.stack = message.stack;
        take(message.id)?.fail(bug);
        return;
      }
    }
  }

  async function prepareAndRelease(): Promise<void> {
    const prepared = child;
    try {
      await options.prepare?.(ask);
    } catch (error) {
      // Its child is gone (the next one is prepared afresh), or preparing it cannot work at all.
      lastRefusal = error instanceof Error ? error.message : String(error);
      if (child === prepared) prepared?.kill();
      return;
    }
    if (child !== prepared || state !== 'starting') return;
    state = 'ready';
    options.onReady?.();
    firstOutcome({ at: 'ready' });
    releaseWaiting();
  }

  async function ask<M extends keyof C & string>(method: M, payload: Request<C, M>): Promise<Reply<C, M>> {
    const outcome = await put(method, payload, options.startDeadlineMs);
    if (outcome.at !== 'done') throw new Error(`${options.spec.entry} ended while being prepared`);
    return outcome.value;
  }

  /** Puts a call to the child there is now. */
  async function put<M extends keyof C & string>(
    method: M,
    payload: Request<C, M>,
    deadlineMs: number,
  ): Promise<CallOutcome<Reply<C, M>>> {
    if (state === 'stopping' || state === 'stopped') return { at: 'stopped' };
    lastId += 1;
    const id = lastId;
    const outcome = await new Promise<CallOutcome<unknown>>((settle, fail) => {
      const timer = setTimeout(() => {
        culprit = id;
        child?.kill();
      }, deadlineMs);
      calls.set(id, { settle, fail, timer, hasBegun: false });
      post({ type: 'call', id, method, payload });
    });
    if (outcome.at !== 'done') return outcome;
    return { at: 'done', value: options.contract[method].reply.parse(outcome.value) as z.output<C[M]['reply']> };
  }

  function take(id: number): Call | undefined {
    const call = calls.get(id);
    calls.delete(id);
    clearTimeout(call?.timer);
    return call;
  }

  function ended(exit: Exit): void {
    clearTimeout(startTimer);
    const wasStarting = state === 'starting';
    const wasRecycled = state === 'draining' && calls.size === 0;
    child = undefined;
    for (const id of [...calls.keys()]) {
      const call = take(id);
      const isBlamed = culprit === undefined && call?.hasBegun === true;
      call?.settle(id === culprit ? { at: 'late' } : { at: 'died', exit, isBlamed });
    }
    culprit = undefined;
    if (state === 'stopping') {
      stopped();
      return;
    }
    options.onExit?.(exit);
    if (wasStarting) {
      firstOutcome({
        at: 'refused',
        reason: lastRefusal ?? `ended while starting (${exit.signal ?? String(exit.code)})`,
      });
      // A start that was refused is an answer, not an accident: whoever called start() decides what to do about it.
      if (state !== 'starting') return;
    }
    failures = wasStarting ? failures + 1 : failures;
    if (!wasRecycled) crashes += 1;
    state = 'waiting';
    spawnTimer = setTimeout(spawn, backoffMs(failures));
  }

  function firstOutcome(outcome: StartOutcome): void {
    if (untilFirst.size === 0) return;
    if (outcome.at === 'refused') {
      state = 'stopped';
      releaseWaiting();
    }
    for (const resolve of untilFirst) resolve(outcome);
    untilFirst.clear();
  }

  function releaseWaiting(): void {
    const waiting = [...untilChange];
    untilChange.clear();
    for (const resolve of waiting) resolve();
  }

  function recycleIfLarge(): void {
    if (state === 'ready' && rssBytes > options.maxRssBytes) state = 'draining';
    if (state === 'draining' && calls.size === 0) endGently();
  }

  function endGently(): void {
    const ending = child;
    post({ type: 'stop' });
    setTimeout(() => {
      if (child === ending) ending?.kill();
    }, options.stopDeadlineMs).unref();
  }

  function stopped(): void {
    state = 'stopped';
    releaseWaiting();
    for (const resolve of untilStopped) resolve();
    untilStopped.clear();
  }

  /** Resolves once there is a child that can be given a call; false if there will be none. */
  async function untilCallable(): Promise<boolean> {
    // Again after each wait: the child may be gone by the time that whoever waited gets to run.
    while (state !== 'ready') {
      if (state === 'stopping' || state === 'stopped') return false;
      await new Promise<void>((resolve) => untilChange.add(resolve));
    }
    return true;
  }

  return {
    start: () =>
      new Promise((resolve) => {
        untilFirst.add(resolve);
        spawn();
      }),

    call: async (method, payload, { deadlineMs }) =>
      state === 'ready' || (await untilCallable()) ? put(method, payload, deadlineMs) : { at: 'stopped' },

    isReady: () => state === 'ready',
    pid: () => child?.pid,
    rssBytes: () => rssBytes,
    crashes: () => crashes,

    stop: () =>
      new Promise((resolve) => {
        clearTimeout(spawnTimer);
        if (child === undefined) {
          stopped();
          resolve();
          return;
        }
        untilStopped.add(resolve);
        state = 'stopping';
        for (const id of [...calls.keys()]) take(id)?.settle({ at: 'stopped' });
        endGently();
      }),
  };
}
