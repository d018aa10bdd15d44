import { expect, it } from 'vitest';
import { createSpare } from '../../main/workers/vision/spare.ts';

const megabyte = 1e6;

it('gives out what came back, for as much or less, and never twice', () => {
  const { take, giveBack } = createSpare(8 * megabyte);
  const memory = take(3 * megabyte);
  expect(memory.byteLength).toBe(3 * megabyte);
  giveBack(memory);
  expect(take(4 * megabyte)).not.toBe(memory);
  expect(take(2 * megabyte)).toBe(memory);
  expect(take(2 * megabyte)).not.toBe(memory);
});

it('keeps the largest, but none that is larger than it may be, or so small that another is soon made', () => {
  const { take, giveBack } = createSpare(8 * megabyte);
  const [small, large, huge] = [take(2 * megabyte), take(5 * megabyte), take(9 * megabyte)];
  for (const memory of [huge, large, small]) giveBack(memory);
  expect(take(1000).byteLength).toBe(1000);
  expect(take(2 * megabyte)).toBe(large);
});
