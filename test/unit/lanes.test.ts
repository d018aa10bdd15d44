import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lane } from '../../main/processes/index.ts';
import { createLanes } from '../../main/workers/vision/lanes.ts';

const aTick = () => new Promise((resolve) => setImmediate(resolve));

describe('lanes', () => {
  it('lets a waiting guest in before the next step of a photo', async () => {
    const lanes = createLanes();
    const order: string[] = [];
    const finishFirst = new AbortController();
    const first = lanes.step('ingest', () => once(finishFirst.signal, 'abort'));
    const later = (['ingest', 'guest', 'ingest', 'guest'] as const).map((lane, i) =>
      lanes.step(lane, () => order.push(`${lane} ${String(i)}`)),
    );
    await aTick();
    expect(order).toEqual([]);

    finishFirst.abort();
    await Promise.all([first, ...later]);
    expect(order).toEqual(['guest 1', 'guest 3', 'ingest 0', 'ingest 2']);
  });

  it('runs one step at a time, and every step once', async () => {
    const lane = fc.constantFrom<Lane>('guest', 'ingest');
    const plan = fc.array(fc.record({ lane, ticks: fc.integer({ min: 0, max: 2 }), fails: fc.boolean() }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(plan, async (steps) => {
        const lanes = createLanes();
        let running = 0;
        let done = 0;
        const outcomes = await Promise.allSettled(
          steps.map(({ lane: own, ticks, fails }) =>
            lanes.step(own, async () => {
              running += 1;
              expect(running).toBe(1);
              for (let i = 0; i < ticks; i++) await aTick();
              running -= 1;
              done += 1;
              if (fails) throw new Error('a step failed');
            }),
          ),
        );
        expect(done).toBe(steps.length);
        expect(outcomes.map(({ status }) => status)).toEqual(
          steps.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('goes on after a step that failed, at once or later', async () => {
    const lanes = createLanes();
    const bug = new Error('broken');
    await expect(
      lanes.step('guest', () => {
        throw bug;
      }),
    ).rejects.toBe(bug);
    await expect(lanes.step('ingest', () => Promise.reject(bug))).rejects.toBe(bug);
    await expect(lanes.step('ingest', () => 7)).resolves.toBe(7);
  });
});
