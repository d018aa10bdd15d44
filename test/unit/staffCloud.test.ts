import { describe, expect, it } from 'vitest';
import type { LaneProgress, SyncProgress } from '../../preload/index.ts';
import { groupsOf } from '../../renderer/staff/cloud/groupsOf.ts';
import { headOf } from '../../renderer/staff/cloud/headOf.ts';

const syncOf = (states: LaneProgress['state'][], more: Partial<SyncProgress> = {}): SyncProgress => ({
  isPaused: false,
  lanes: states.map((state) => ({ lane: 'bucket', state, kinds: [] })),
  ...{ removals: 0, waitingBytes: 0, troubled: [], troubledCount: 0 },
  ...more,
});

describe('what the crew reads first of the cloud', () => {
  it('is how long it takes, as long as anything gets through', () => {
    expect(headOf(syncOf(['running', 'refused'], { secondsLeft: 90 }))).toBe('left');
    expect(headOf(syncOf(['unreachable', 'running']))).toBe('running');
  });
  it('is what has to be seen to before what comes back by itself', () => {
    expect(headOf(syncOf(['done', 'unreachable', 'refused']))).toBe('refused');
    expect(headOf(syncOf(['done', 'unreachable']))).toBe('unreachable');
    expect(headOf(syncOf(['done', 'done']))).toBe('done');
  });
  it('is that the crew has paused it, whatever else', () => {
    expect(headOf(syncOf(['paused', 'paused'], { isPaused: true, secondsLeft: 90 }))).toBe('paused');
  });
});

it('counts results and erasures as one, and leaves out what there is none of', () => {
  const kinds: LaneProgress['kinds'] = [
    { kind: 'result', done: 3, waiting: 2 },
    { kind: 'erasure', done: 1, waiting: 0 },
    { kind: 'gallery', done: 0, waiting: 0 },
    // Not told: it is one page, the same for all.
    { kind: 'page', done: 1, waiting: 0 },
    { kind: 'photo', done: 0, waiting: 7 },
  ];
  expect(groupsOf({ kinds })).toEqual([
    { name: 'results', done: 4, total: 6 },
    { name: 'photos', done: 0, total: 7 },
  ]);
});
