import { describe, expect, it } from 'vitest';
import { createAllocator } from '../../main/workers/vision/kernels/allocator.ts';
import { giveBack, openWorkspace, resample, work, type Kernel } from '../../main/workers/vision/kernels/index.ts';
import { createRandom } from '../fixtures/compose.ts';

const random = createRandom(11);
const noise = (bytes: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: bytes }, () => Math.floor(random.between(0, 256)));

/** What a kernel gives at a distance, in pixels of the smaller picture. */
const weightOf: Record<Kernel, (distance: number) => number> = {
  linear: (distance) => Math.max(0, 1 - Math.abs(distance)),
  lanczos3: (distance) => (Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0),
};
const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** One line of values at another length, in exact numbers. */
function lineOf(values: readonly number[], outputs: number, kernel: Kernel): number[] {
  const step = values.length / outputs;
  return Array.from({ length: outputs }, (_, i) => {
    const weights = values.map((_, j) => weightOf[kernel]((j + 0.5 - (i + 0.5) * step) / step));
    const sum = weights.reduce((a, b) => a + b, 0);
    return values.reduce((total, value, j) => total + (value * weights[j]) / sum, 0);
  });
}

/** The same for a picture, columns first; a byte in between, as the product has it. */
function pictureOf(
  pixels: Uint8Array,
  from: { width: number; height: number },
  to: { width: number; height: number },
  kernel: Kernel,
): number[] {
  const asByte = (value: number) => Math.min(255, Math.max(0, Math.round(value)));
  const at = (x: number, y: number, channel: number) => pixels[(y * from.width + x) * 3 + channel];
  const result = new Array<number>(to.width * to.height * 3);
  for (let channel = 0; channel < 3; channel++) {
    const columns = Array.from({ length: from.width }, (_, x) =>
      lineOf(
        Array.from({ length: from.height }, (_, y) => at(x, y, channel)),
        to.height,
        kernel,
      ).map(asByte),
    );
    for (let y = 0; y < to.height; y++) {
      const row = lineOf(
        columns.map((column) => column[y]),
        to.width,
        kernel,
      );
      row.forEach((value, x) => (result[(y * to.width + x) * 3 + channel] = asByte(value)));
    }
  }
  return result;
}

function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

describe('resample', () => {
  it.each([
    ['linear', { width: 61, height: 47 }, { width: 40, height: 31 }],
    ['linear', { width: 61, height: 47 }, { width: 17, height: 13 }],
    ['lanczos3', { width: 61, height: 47 }, { width: 40, height: 31 }],
    ['linear', { width: 5, height: 90 }, { width: 1, height: 30 }],
    ['linear', { width: 90, height: 5 }, { width: 30, height: 1 }],
    ['lanczos3', { width: 20, height: 20 }, { width: 20, height: 12 }],
  ] as const)('%s, %o to %o: as in exact numbers', (kernel, from, to) => {
    const pixels = noise(from.width * from.height * 3);
    const copy = resample(pixels, from, to, kernel);
    expect(copy).toHaveLength(to.width * to.height * 3);
    expect(furthest(copy, pictureOf(pixels, from, to, kernel))).toBeLessThanOrEqual(1);
  });

  it.each([
    ['lanczos3', { width: 60, height: 44 }, { width: 20, height: 15 }],
    ['linear', { width: 61, height: 45 }, { width: 12, height: 9 }],
  ] as const)('%s, %o to %o: by way of a half, and close to exact numbers', (kernel, from, to) => {
    // What has no detail finer than the copy shows is the same either way.
    const pixels = new Uint8Array(from.width * from.height * 3);
    for (let y = 0; y < from.height; y++)
      for (let x = 0; x < from.width; x++)
        for (let channel = 0; channel < 3; channel++)
          pixels[(y * from.width + x) * 3 + channel] = 128 + 100 * Math.sin(x / 12 + channel) * Math.cos(y / 10);
    const copy = resample(pixels, from, to, kernel);
    expect(furthest(copy, pictureOf(pixels, from, to, kernel))).toBeLessThanOrEqual(4);
  });

  it('leaves a plain surface as it is', () => {
    for (const kernel of ['linear', 'lanczos3'] as const) {
      const pixels = new Uint8Array(200 * 130 * 3).fill(201);
      const copy = resample(pixels, { width: 200, height: 130 }, { width: 37, height: 24 }, kernel);
      expect(new Set(copy)).toEqual(new Set([201]));
    }
  });
});

describe('work', () => {
  const copied = (pixels: Uint8Array) =>
    work(pixels, { result: pixels.length }, (_, { from, to, memory }) => {
      new Uint8Array(memory).copyWithin(to, from, from + pixels.length);
    });

  it('lays the result beside the pixels', () => {
    const { take, close } = openWorkspace(10_000, { isWiped: false });
    const pixels = take(1000);
    if (pixels === undefined) throw new Error('no room');
    pixels.set(noise(1000));
    const result = copied(pixels);
    expect(result.buffer).toBe(pixels.buffer);
    expect(result).toEqual(pixels);
    close();
  });

  it('goes elsewhere where there is no room left, and with pixels from anywhere', () => {
    const { take, close } = openWorkspace(70_000, { isWiped: false });
    const pixels = take(69_000);
    if (pixels === undefined) throw new Error('no room');
    pixels.set(noise(69_000));
    // A page is the least that a memory grows by: what is left of it is filled.
    while (take(1000) !== undefined);
    const result = copied(pixels);
    expect(result.buffer).not.toBe(pixels.buffer);
    expect(result).toEqual(pixels);
    close();
    const own = noise(500);
    expect(copied(own)).toEqual(own);
  });

  it('uses again what was given back', () => {
    const { take, close } = openWorkspace(300_000, { isWiped: false });
    const pixels = take(100_000);
    if (pixels === undefined) throw new Error('no room');
    for (let i = 0; i < 100; i++) {
      const result = copied(pixels);
      expect(result.buffer).toBe(pixels.buffer);
      giveBack(result);
    }
    close();
  });
});

describe('openWorkspace', () => {
  it('hands a closed memory to the next picture, wiped where it is to be', () => {
    // Larger than what any picture has left behind: the largest are kept. Of all these bytes few are ever touched.
    const bytes = 900_000_000;
    for (const isWiped of [false, true]) {
      const first = openWorkspace(bytes, { isWiped });
      const pixels = first.take(2_000_000);
      pixels?.fill(7);
      first.close();
      const second = openWorkspace(bytes, { isWiped: false });
      const again = second.take(2_000_000);
      expect(again?.buffer).toBe(pixels?.buffer);
      expect(again?.every((value) => value === (isWiped ? 0 : 7))).toBe(true);
      second.close();
    }
  });

  it('hands a memory that is closed twice to one picture only', () => {
    const bytes = 900_000_000;
    const first = openWorkspace(bytes, { isWiped: false });
    first.close();
    first.close();
    const [one, another] = [openWorkspace(bytes, { isWiped: false }), openWorkspace(bytes, { isWiped: false })];
    expect(one.take(10)?.buffer).not.toBe(another.take(10)?.buffer);
    one.close();
    another.close();
  });

  it('gives two that are open at once a memory each', () => {
    const first = openWorkspace(1000, { isWiped: false });
    const second = openWorkspace(1000, { isWiped: false });
    expect(first.take(10)?.buffer).not.toBe(second.take(10)?.buffer);
    first.close();
    second.close();
  });
});

describe('createAllocator', () => {
  it('never hands out what is in use, and all of it again once it is free', () => {
    const allocator = createAllocator(64, 64 + 10_000);
    const held: { at: number; bytes: number }[] = [];
    for (let round = 0; round < 2000; round++) {
      if (held.length > 0 && random.between(0, 1) < 0.45) {
        const [{ at }] = held.splice(Math.floor(random.between(0, held.length)), 1);
        allocator.giveBack(at);
        continue;
      }
      const bytes = Math.floor(random.between(1, 1500));
      const at = allocator.take(bytes);
      if (at === undefined) continue;
      expect(at).toBeGreaterThanOrEqual(64);
      expect(at + bytes).toBeLessThanOrEqual(64 + 10_000);
      for (const other of held) expect(at + bytes <= other.at || at >= other.at + other.bytes).toBe(true);
      held.push({ at, bytes });
    }
    for (const { at } of held) allocator.giveBack(at);
    expect(allocator.take(9_900)).toBeDefined();
  });

  it('says how far it has been in use', () => {
    const allocator = createAllocator(0, 10_000);
    allocator.take(100);
    const second = allocator.take(300);
    if (second !== undefined) allocator.giveBack(second);
    expect(allocator.clear()).toBe((second ?? 0) + 300);
    expect(allocator.clear()).toBe(0);
  });
});
