import type { Size } from '../turn.ts';
import { work } from './workspace.ts';

/** How a copy is made smaller, both antialiased: `linear` is quicker, `lanczos3` crisper to look at. */
export type Kernel = 'linear' | 'lanczos3';

/** How far from its middle a kernel reaches, and what it gives there; both in pixels of the smaller picture. */
const kernels: Record<Kernel, { reach: number; at: (distance: number) => number }> = {
  linear: { reach: 1, at: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  lanczos3: { reach: 3, at: (distance) => sinc(distance) * sinc(distance / 3) },
};

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

// The weights of a sum are whole shares of this.
const one = 1 << 14;
// The quick loop takes so many pixels at a time.
const group = 4;
// Means of two by two come first, which is quicker, where the picture shrinks so much further that they cost it no detail: a linear kernel is wider than that
// anyway, and of lanczos3 no more is lost than a camera's lens has taken.
const halvedFrom: Record<Kernel, number> = { linear: 4, lanczos3: 2 };

/**
 * A smaller picture: each pixel is a weighted mean of those that it covers (a kernel as wide as it has shrunk), first down the columns, then along the rows.
 *
 * @param pixels Uint8Array [height, width, 3]
 * @param to no larger in either direction
 * @returns Uint8Array [to.height, to.width, 3], where the pixels lie
 */
export function resample(pixels: Uint8Array, from: Size, to: Size, kernel: Kernel): Uint8Array<ArrayBuffer> {
  const isHalved = Math.min(from.width / to.width, from.height / to.height) >= halvedFrom[kernel];
  const half = isHalved ? { width: from.width >> 1, height: from.height >> 1 } : from;
  // Of an odd side the halved picture covers a pixel less.
  const scale = isHalved ? 2 : 1;
  const across = sumsOf(half.width, from.width / scale / to.width, to.width, kernel);
  const down = sumsOf(half.height, from.height / scale / to.height, to.height, kernel);

  const room = layOut({
    halved: isHalved ? half.width * half.height * 3 : 0,
    lower: half.width * to.height * 3,
    acrossFirsts: across.firsts.byteLength,
    acrossCounts: across.counts.byteLength,
    acrossWeights: across.weights.byteLength,
    downFirsts: down.firsts.byteLength,
    downCounts: down.counts.byteLength,
    downWeights: down.weights.byteLength,
  });
  const bytes = { result: to.width * to.height * 3, scratch: room.bytes };
  return work(pixels, bytes, (run, { from: source, to: target, scratch, memory }) => {
    const at = (part: keyof typeof room.at) => scratch + room.at[part];
    const lay = (part: keyof typeof room.at, values: Int32Array | Int16Array) =>
      new Uint8Array(memory).set(new Uint8Array(values.buffer), at(part));
    lay('acrossFirsts', across.firsts);
    lay('acrossCounts', across.counts);
    lay('acrossWeights', across.weights);
    lay('downFirsts', down.firsts);
    lay('downCounts', down.counts);
    lay('downWeights', down.weights);
    if (isHalved) run.halve(source, from.width, from.height, at('halved'));
    run.resampleDown(
      ...([isHalved ? at('halved') : source, half.width * 3, at('lower'), to.height] as const),
      ...([at('downFirsts'), at('downCounts'), at('downWeights'), down.most] as const),
    );
    run.resampleAcross(
      ...([at('lower'), half.width, target, to.width, to.height] as const),
      ...([at('acrossFirsts'), at('acrossCounts'), at('acrossWeights'), across.most] as const),
    );
  });
}

/** The sums that a row or column of the result is made of: which pixels, and how much of each. */
interface Sums {
  firsts: Int32Array;
  counts: Int32Array;
  /** Int16Array [outputs, most]; what is past a sum's end is 0. */
  weights: Int16Array;
  most: number;
}

/** @param step how many inputs there are to an output, >= 1 */
function sumsOf(inputs: number, step: number, outputs: number, kernel: Kernel): Sums {
  const { reach, at } = kernels[kernel];
  const support = reach * step;
  const most = Math.ceil((Math.ceil(support * 2) + 1) / group) * group;
  const firsts = new Int32Array(outputs);
  const counts = new Int32Array(outputs);
  const weights = new Int16Array(outputs * most);
  const shares = new Float64Array(most);
  for (let i = 0; i < outputs; i++) {
    const centre = (i + 0.5) * step;
    const first = Math.max(0, Math.ceil(centre - support - 0.5));
    const last = Math.min(inputs - 1, Math.floor(centre + support - 0.5));
    let sum = 0;
    for (let j = first; j <= last; j++) sum += shares[j - first] = at((j + 0.5 - centre) / step);
    // Rounded so that they add up: a plain surface stays what it is.
    let given = 0;
    let done = 0;
    for (let j = 0; j <= last - first; j++) {
      done += shares[j] / sum;
      const until = Math.round(done * one);
      weights[i * most + j] = until - given;
      given = until;
    }
    firsts[i] = first;
    counts[i] = last - first + 1;
  }
  return { firsts, counts, weights, most };
}

/** Parts side by side, each with room after it to be read a little too far. */
function layOut<Part extends string>(sizes: Record<Part, number>): { at: Record<Part, number>; bytes: number } {
  const slack = 64;
  let bytes = 0;
  const at = {} as Record<Part, number>;
  for (const part of Object.keys(sizes) as Part[]) {
    at[part] = bytes;
    bytes += Math.ceil((sizes[part] + slack) / slack) * slack;
  }
  return { at, bytes };
}
