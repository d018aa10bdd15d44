import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSelfieJobs, type Job, type JobTimes } from '../../main/core/delivery/selfieJobs.ts';
import { ok } from '../../preload/index.ts';
import { codeOf, valueOf } from '../fixtures/core.ts';

const selfie = new Uint8Array([1]);
const ids = { guestId: 'a guest', requestId: 'a request' };
/** Until everything that waits only for promises has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

interface Limits {
  atOnce: number;
  mostWaiting: number;
}

/** A queue whose searches end when the test says so. */
function queueOf({ atOnce, mostWaiting }: Limits) {
  const searching = new Map<string, { end: () => void; fail: () => void }>();
  const begun: string[] = [];
  const done: { job: Job; times: JobTimes }[] = [];
  const jobs = createSelfieJobs({
    search: (token) => {
      begun.push(token);
      return new Promise((resolve, reject) => {
        searching.set(token, {
          end: () => resolve(ok({ photos: 3 })),
          fail: () => reject(new Error('a bug')),
        });
      });
    },
    ...{ atOnce, mostWaiting },
    onDone: (job, times) => done.push({ job, times }),
  });
  const close = async (token: string, how: 'end' | 'fail') => {
    const search = searching.get(token);
    if (search === undefined) throw new Error(`${token} is not searched for`);
    searching.delete(token);
    search[how]();
    await settled();
  };
  return {
    ...{ jobs, begun, done },
    underWay: () => [...searching.keys()],
    end: (token: string) => close(token, 'end'),
    fail: (token: string) => close(token, 'fail'),
    add: (token: string) => jobs.add(token, selfie, ids),
  };
}

describe('the selfies of phones', () => {
  it('are searched for so many at once, in the order in which they came', async () => {
    const { add, begun, end, jobs } = queueOf({ atOnce: 2, mostWaiting: 10 });
    for (const token of ['a', 'b', 'c', 'd']) add(token);
    expect([begun, jobs.waiting()]).toEqual([['a', 'b'], 2]);
    await end('b');
    expect([begun, jobs.waiting()]).toEqual([['a', 'b', 'c'], 1]);
    await end('a');
    expect([begun, jobs.waiting()]).toEqual([['a', 'b', 'c', 'd'], 0]);
  });

  it('are sent away where too many wait, and taken again once one has gone', async () => {
    const { add, end } = queueOf({ atOnce: 1, mostWaiting: 2 });
    expect(['a', 'b', 'c', 'd'].map((token) => codeOf(add(token)))).toEqual(['ok', 'ok', 'ok', 'selfie.queue-full']);
    await end('a');
    expect(codeOf(add('d'))).toBe('ok');
  });

  it('are one of each guest’s at a time', async () => {
    const { add, end, jobs } = queueOf({ atOnce: 1, mostWaiting: 10 });
    add('a');
    expect(codeOf(add('a'))).toBe('selfie.queue-full');
    add('b');
    expect(codeOf(add('b'))).toBe('selfie.queue-full');
    expect(jobs.waiting()).toBe(1);
    await end('a');
    expect(codeOf(add('a'))).toBe('ok');
  });

  it('fail where the search throws, and those behind them are searched for all the same', async () => {
    const { add, begun, end, fail, done } = queueOf({ atOnce: 1, mostWaiting: 10 });
    const first = valueOf(add('a'));
    const second = valueOf(add('b'));
    await fail('a');
    expect(first).toMatchObject({ state: 'failed', fault: { code: 'engine.failed' } });
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(second).toMatchObject({ state: 'done', photos: 3, ids });
    expect(codeOf(add('a'))).toBe('ok');
    expect(done.map(({ job }) => job)).toEqual([first, second]);
    for (const { times } of done) {
      expect(times.queueMs).toBeGreaterThanOrEqual(0);
      expect(times.matchMs).toBeGreaterThanOrEqual(0);
    }
  });

  it('are told of in each of their states, under an id that nobody guesses', async () => {
    const { add, end, jobs } = queueOf({ atOnce: 1, mostWaiting: 10 });
    const told: [id: string, state: string][] = [];
    jobs.events.on('job', ({ id, state }) => told.push([id, state]));
    const a = valueOf(add('a')).id;
    const second = valueOf(add('b'));
    expect([second.state, jobs.get(second.id)]).toEqual(['queued', second]);
    expect(jobs.get('other')).toBeUndefined();
    await end('a');
    await end('b');
    expect(told).toEqual([
      [a, 'running'],
      [a, 'done'],
      [second.id, 'running'],
      [second.id, 'done'],
    ]);
    for (const id of [a, second.id]) expect(id).toMatch(/^[\w-]{22}$/);
    expect(a).not.toBe(second.id);
  });

  it('are worth another try in a second or more', () => {
    const { add, jobs } = queueOf({ atOnce: 1, mostWaiting: 20 });
    expect(jobs.retryAfterS()).toBe(1);
    for (let i = 0; i < 20; i++) add(String(i));
    // Half a second each is the first guess.
    expect(jobs.retryAfterS()).toBe(10);
  });

  it('are never more than these, whatever comes and whatever becomes of them', async () => {
    const limits = fc.record({ atOnce: fc.integer({ min: 1, max: 4 }), mostWaiting: fc.integer({ min: 1, max: 5 }) });
    const step = fc.oneof(
      fc.record({ does: fc.constant('add' as const), guest: fc.integer({ min: 0, max: 12 }) }),
      fc.record({ does: fc.constantFrom('end' as const, 'fail' as const), guest: fc.nat(3) }),
    );
    await fc.assert(
      fc.asyncProperty(limits, fc.array(step, { maxLength: 60 }), async (most, steps) => {
        const queue = queueOf(most);
        const taken: string[] = [];
        const live = new Set<string>();
        for (const { does, guest } of steps) {
          if (does === 'add') {
            const token = String(guest);
            const isFull = live.size >= most.atOnce + most.mostWaiting || live.has(token);
            const added = queue.add(token);
            expect(added.ok).toBe(!isFull);
            if (!added.ok) continue;
            taken.push(token);
            live.add(token);
          } else {
            const token = queue.underWay().at(guest);
            if (token === undefined) continue;
            await queue[does](token);
            live.delete(token);
          }
          expect(queue.underWay()).toHaveLength(Math.min(live.size, most.atOnce));
          expect(queue.jobs.waiting()).toBe(Math.max(0, live.size - most.atOnce));
          const afterS = queue.jobs.retryAfterS();
          expect([Number.isInteger(afterS), afterS >= 1]).toEqual([true, true]);
        }
        for (let token = queue.underWay().at(0); token !== undefined; token = queue.underWay().at(0)) {
          await queue.end(token);
        }
        expect(queue.begun).toEqual(taken);
        expect(queue.done).toHaveLength(taken.length);
      }),
    );
  });
});
