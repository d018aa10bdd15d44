import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPool, createSupervisor, type Exit, type Spawner } from '../../../main/processes/index.ts';
import { acrobatContract } from './acrobatContract.ts';

// What must hold whichever way a child is spawned. Plain functions, because two of the three ways exist only inside Electron, where no
// test runner runs.

export interface Scenario {
  name: string;
  run: (spawner: Spawner) => Promise<void>;
}

const base = {
  contract: acrobatContract,
  spec: { entry: 'acrobat', settings: {} },
  startDeadlineMs: 20_000,
  stopDeadlineMs: 2_000,
  maxRssBytes: Infinity,
};
const deadline = { deadlineMs: 20_000 };
const mebibyte = 1024 ** 2;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function untilGone(pid: number): Promise<void> {
  for (let i = 0; i < 100 && isAlive(pid); i++) await sleep(50);
  assert.ok(!isAlive(pid), `process ${String(pid)} is still there`);
}

async function supervised(
  spawner: Spawner,
  work: (supervisor: ReturnType<typeof createSupervisor<typeof acrobatContract>>, exits: Exit[]) => Promise<void>,
  options: Partial<Parameters<typeof createSupervisor<typeof acrobatContract>>[0]> = {},
): Promise<void> {
  const exits: Exit[] = [];
  const supervisor = createSupervisor({ ...base, spawner, onExit: (exit) => exits.push(exit), ...options });
  assert.deepEqual(await supervisor.start(), { at: 'ready' });
  try {
    await work(supervisor, exits);
  } finally {
    await supervisor.stop();
  }
}

async function pooled(
  spawner: Spawner,
  work: (pool: ReturnType<typeof createPool<typeof acrobatContract>>) => Promise<void>,
  { size = 2, guestWorkers = 0 } = {},
): Promise<void> {
  const pool = createPool({ ...base, spawner, size, guestWorkers });
  assert.deepEqual(await pool.start(), { at: 'ready' });
  try {
    await work(pool);
  } finally {
    await pool.stop();
  }
}

export const scenarios: Scenario[] = [
  {
    name: 'typed arrays arrive as typed arrays',
    run: (spawner) =>
      supervised(spawner, async (supervisor) => {
        const value = { floats: Float32Array.of(0.5, -1), bytes: Uint8Array.of(1, 2, 255) };
        const outcome = await supervisor.call('echo', { value }, deadline);
        assert.equal(outcome.at, 'done');
        assert.deepEqual(outcome.value.value, value);
      }),
  },
  {
    name: 'calls under way at once are each answered with their own reply',
    run: (spawner) =>
      supervised(spawner, async (supervisor) => {
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, i) => supervisor.call('echo', { value: i }, deadline)),
        );
        outcomes.forEach((outcome, i) => {
          assert.equal(outcome.at, 'done');
          assert.equal(outcome.value.value, i);
        });
      }),
  },
  {
    name: 'a child that crashes is told apart from one that ends, and another takes its place',
    run: (spawner) =>
      supervised(spawner, async (supervisor, exits) => {
        const first = supervisor.pid();
        const crashed = await supervisor.call('crash', {}, deadline);
        assert.equal(crashed.at, 'died');
        assert.equal(crashed.isBlamed, true);
        assert.equal(exits[0]?.kind, 'crashed');
        const next = await supervisor.call('echo', { value: 1 }, deadline);
        assert.equal(next.at, 'done');
        assert.notEqual(next.value.pid, first);
        assert.equal(supervisor.crashes(), 1);
      }),
  },
  {
    name: 'a child that is killed from outside is replaced',
    run: (spawner) =>
      supervised(spawner, async (supervisor) => {
        const waiting = supervisor.call('wait', { ms: 10_000 }, deadline);
        await sleep(200);
        const pid = supervisor.pid();
        assert.ok(pid);
        process.kill(pid, 'SIGKILL');
        assert.equal((await waiting).at, 'died');
        assert.equal((await supervisor.call('echo', { value: 1 }, deadline)).at, 'done');
      }),
  },
  {
    name: 'a child that hangs is killed at the deadline; only the late call is blamed',
    run: (spawner) =>
      supervised(spawner, async (supervisor, exits) => {
        const beside = supervisor.call('wait', { ms: 15_000 }, deadline);
        const late = await supervisor.call('hang', {}, { deadlineMs: 400 });
        assert.equal(late.at, 'late');
        const innocent = await beside;
        assert.equal(innocent.at, 'died');
        assert.equal(innocent.isBlamed, false);
        assert.equal(exits[0]?.kind, 'killed');
        assert.equal((await supervisor.call('echo', { value: 1 }, deadline)).at, 'done');
      }),
  },
  {
    name: 'a handler that throws is a bug of one call, not the end of the child',
    run: (spawner) =>
      supervised(spawner, async (supervisor) => {
        const pid = supervisor.pid();
        await assert.rejects(supervisor.call('fail', { message: 'spilt' }, deadline), /spilt/);
        assert.equal(supervisor.pid(), pid);
      }),
  },
  {
    name: 'a child that cannot work says why',
    run: async (spawner) => {
      const supervisor = createSupervisor({
        ...base,
        spawner,
        spec: { entry: 'acrobat', settings: { refusal: 'no models' } },
      });
      assert.deepEqual(await supervisor.start(), { at: 'refused', reason: 'no models' });
      assert.deepEqual(await supervisor.call('echo', { value: 1 }, deadline), { at: 'stopped' });
      await supervisor.stop();
    },
  },
  {
    name: 'a child that has grown too large is replaced once it has nothing in hand',
    run: (spawner) =>
      supervised(
        spawner,
        async (supervisor, exits) => {
          const beside = supervisor.call('wait', { ms: 1_500 }, deadline);
          const grown = await supervisor.call('grow', { bytes: 400 * mebibyte }, deadline);
          assert.equal(grown.at, 'done');
          const finished = await beside;
          assert.equal(finished.at, 'done', 'the call beside it was finished first');
          const next = await supervisor.call('echo', { value: 1 }, deadline);
          assert.equal(next.at, 'done');
          assert.notEqual(next.value.pid, grown.value.pid);
          assert.deepEqual(
            exits.map(({ kind }) => kind),
            ['clean'],
          );
          assert.equal(supervisor.crashes(), 0);
        },
        { maxRssBytes: 350 * mebibyte },
      ),
  },
  {
    name: 'each new child is prepared before it is asked anything',
    run: async (spawner) => {
      const order: string[] = [];
      await supervised(
        spawner,
        async (supervisor) => {
          await supervisor.call('crash', {}, deadline);
          await supervisor.call('echo', { value: 1 }, deadline);
          order.push('asked');
          assert.deepEqual(order, ['prepared', 'prepared', 'asked']);
        },
        {
          prepare: async (ask) => {
            await ask('echo', { value: 'fill' });
            order.push('prepared');
          },
        },
      );
    },
  },
  {
    name: 'stopping leaves no process behind, even of a child that hangs',
    run: async (spawner) => {
      const supervisor = createSupervisor({ ...base, spawner, stopDeadlineMs: 300 });
      await supervisor.start();
      const pid = supervisor.pid();
      assert.ok(pid);
      const hanging = supervisor.call('hang', {}, deadline);
      await sleep(200);
      await supervisor.stop();
      assert.deepEqual(await hanging, { at: 'stopped' });
      await untilGone(pid);
    },
  },
  {
    name: 'a job whose worker is killed is done by another',
    run: (spawner) =>
      pooled(spawner, async (pool) => {
        const job = pool.run({ method: 'wait', payload: { ms: 800 }, lane: 'ingest', deadlineMs: 20_000 });
        await sleep(200);
        for (const pid of pool.health().pids) process.kill(pid, 'SIGKILL');
        assert.equal((await job).at, 'done');
      }),
  },
  {
    name: 'a job that brings two workers down is given up; the others are done',
    run: (spawner) =>
      pooled(spawner, async (pool) => {
        const bad = pool.run({ method: 'crash', payload: {}, lane: 'ingest', deadlineMs: 20_000 });
        const good = Array.from({ length: 8 }, (_, value) =>
          pool.run({ method: 'echo', payload: { value }, lane: 'ingest', deadlineMs: 20_000 }),
        );
        assert.deepEqual(await bad, { at: 'gaveUp', reason: 'died' });
        for (const outcome of await Promise.all(good)) assert.equal(outcome.at, 'done');
        assert.equal(pool.health().crashes, 2);
      }),
  },
  {
    name: 'a job that hangs twice is given up as late',
    run: (spawner) =>
      pooled(spawner, async (pool) => {
        const outcome = await pool.run({ method: 'hang', payload: {}, lane: 'ingest', deadlineMs: 300 });
        assert.deepEqual(outcome, { at: 'gaveUp', reason: 'late' });
      }),
  },
  {
    name: 'a guest goes before the photos that wait, and does not wait for the one under way',
    run: (spawner) =>
      pooled(
        spawner,
        async (pool) => {
          const order: string[] = [];
          const run = (lane: 'guest' | 'ingest', ms: number) =>
            pool.run({ method: 'wait', payload: { ms }, lane, deadlineMs: 20_000 }).then(() => order.push(lane));
          const photos = [run('ingest', 600), run('ingest', 10), run('ingest', 10)];
          await sleep(100);
          await run('guest', 10);
          assert.deepEqual(order, ['guest']);
          await Promise.all(photos);
        },
        { size: 1 },
      ),
  },
  {
    name: 'a worker kept for guests takes no photo, and guests go nowhere else',
    run: (spawner) =>
      pooled(
        spawner,
        async (pool) => {
          const run = (lane: 'guest' | 'ingest', ms: number) =>
            pool.run({ method: 'wait', payload: { ms }, lane, deadlineMs: 20_000 });
          const photos = await Promise.all([run('ingest', 10), run('ingest', 10), run('ingest', 10)]);
          const photoPids = new Set(photos.map((outcome) => (outcome.at === 'done' ? outcome.value.pid : 0)));
          assert.equal(photoPids.size, 1);
          const busy = run('ingest', 600);
          const guest = await run('guest', 10);
          assert.equal(guest.at, 'done');
          assert.ok(!photoPids.has(guest.value.pid));
          assert.equal((await busy).at, 'done');
          // Not even for many, while the workers for photos have nothing to do: those get what processor time is left over.
          for (const one of await Promise.all(Array.from({ length: 6 }, () => run('guest', 10)))) {
            assert.ok(one.at === 'done' && !photoPids.has(one.value.pid));
          }
        },
        { size: 1, guestWorkers: 1 },
      ),
  },
  {
    name: 'what still waits when the pool stops is told so',
    run: async (spawner) => {
      const pool = createPool({ ...base, spawner, size: 1, guestWorkers: 0 });
      await pool.start();
      const { pids } = pool.health();
      const jobs = [500, 10, 10].map((ms) =>
        pool.run({ method: 'wait', payload: { ms }, lane: 'ingest', deadlineMs: 20_000 }),
      );
      await pool.stop();
      for (const outcome of await Promise.all(jobs)) assert.equal(outcome.at, 'stopped');
      for (const pid of pids) await untilGone(pid);
    },
  },
];

/** Of those who work for core, by either way: core itself is told everything. */
export const workersScenarios: Scenario[] = [
  {
    name: 'what lets the booth in elsewhere is not handed on',
    run: (spawner) =>
      supervised(spawner, async (supervisor) => {
        const outcome = await supervisor.call('environment', {}, deadline);
        assert.equal(outcome.at, 'done');
        assert.ok(outcome.value.names.includes('FINDME_LOG'));
        assert.ok(!outcome.value.names.includes('FINDME_CLOUD_KEY'));
      }),
  },
];

/** How a scenario went; `error` where it failed. */
export interface Report {
  name: string;
  error?: string;
}

/** Runs them, one after the other, and reports each as it ends. */
export async function reportScenarios(
  spawner: Spawner,
  report: (report: Report) => void,
  those = scenarios,
): Promise<void> {
  for (const { name, run } of those) {
    try {
      await run(spawner);
      report({ name });
    } catch (error) {
      report({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
}
