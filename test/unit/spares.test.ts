import { expect, it } from 'vitest';
import { createSpares } from '../../main/workers/vision/spares.ts';

const spares = (most: number) => createSpares((length) => new Uint8Array(length), most);

it('gives out again what came back, by its length, and nothing twice', () => {
  const { take, giveBack } = spares(2);
  const [small, large] = [take(3), take(5)];
  expect(take(3)).not.toBe(small);
  giveBack(small);
  giveBack(large);
  expect(take(5)).toBe(large);
  expect(take(5)).not.toBe(large);
  expect(take(3)).toBe(small);
});

it('keeps no more than it is to', () => {
  const { take, giveBack } = spares(1);
  const [first, second] = [take(3), take(4)];
  giveBack(first);
  giveBack(second);
  expect(take(3)).not.toBe(first);
  expect(take(4)).toBe(second);
});
