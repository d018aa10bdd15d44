/** A person's face in one frame, as far as fusing goes. */
export interface FusableFace {
  /** Float32Array [dimensions], unit length. */
  template: Float32Array;
  /** How well it is seen. */
  quality: number;
}

// More frames add little to the best ones, and the blurred ones take away.
const mostFrames = 4;
// Two frames of one person, a tenth of a second apart, are far more alike than this; two people hardly ever are.
const leastScore = 0.5;

/**
 * One template from several frames of a person: the mean of the clearest, weighted by how well each is seen. Whoever is in most of the frames is meant: one that
 * is unlike them shows somebody else, who stepped in, and is left out.
 *
 * @returns Float32Array [dimensions], unit length; undefined for no frames
 */
export function fuse(faces: readonly FusableFace[]): Float32Array | undefined {
  if (faces.length === 0) return undefined;
  const clearestFirst = faces.toSorted((a, b) => b.quality - a.quality);
  const groups = clearestFirst.map((face) => clearestFirst.filter((other) => isAlike(face, other)));
  // Of two as large, the one around the clearer face.
  const person = groups.reduce((largest, group) => (group.length > largest.length ? group : largest));
  const sum = new Float64Array(clearestFirst[0].template.length);
  for (const { template, quality } of person.slice(0, mostFrames)) {
    template.forEach((value, i) => (sum[i] += value * quality));
  }
  const length = Math.hypot(...sum);
  return Float32Array.from(sum, (value) => value / length);
}

const isAlike = (a: FusableFace, b: FusableFace): boolean => a === b || dot(a.template, b.template) >= leastScore;

/** Comparison score of two templates of the same pack. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
