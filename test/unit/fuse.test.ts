import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, type FusableFace } from '../../main/core/guests/fuse.ts';
import { dot, randomDirection, seeded, unit } from '../fixtures/random.ts';

const dimensions = 64;

/** Frames of a person, as alike as frames of one person are: the noise is shorter than what they share. */
function framesOf(person: Float32Array, qualities: readonly number[], random: () => number): FusableFace[] {
  return qualities.map((quality) => {
    const noise = randomDirection(random, dimensions);
    return { template: unit(person.map((value, i) => value + 0.5 * noise[i])), quality };
  });
}

const seed = fc.integer();
const qualities = (minLength: number) =>
  fc.uniqueArray(fc.double({ min: 0.05, max: 1.5, noNaN: true }), { minLength, maxLength: 10 });

describe('fuse', () => {
  it('is undefined for no frames, and the frame itself for one', () => {
    expect(fuse([])).toBeUndefined();
    const [frame] = framesOf(randomDirection(seeded(1), dimensions), [7], seeded(2));
    expect(dot(fuse([frame]) ?? [], frame.template)).toBeCloseTo(1, 5);
  });

  it('has length 1', () => {
    fc.assert(
      fc.property(seed, qualities(1), (from, lengths) => {
        const random = seeded(from);
        const fused = fuse(framesOf(randomDirection(random, dimensions), lengths, random)) ?? [];
        expect(Math.hypot(...fused)).toBeCloseTo(1, 5);
      }),
    );
  });

  it('is nearer to the person than a frame is on average', () => {
    const alikeClear = fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true }), { minLength: 4, maxLength: 10 });
    fc.assert(
      fc.property(seed, alikeClear, (from, lengths) => {
        const random = seeded(from);
        const person = randomDirection(random, dimensions);
        const frames = framesOf(person, lengths, random);
        const mean = frames.reduce((sum, { template }) => sum + dot(template, person), 0) / frames.length;
        expect(dot(fuse(frames) ?? [], person)).toBeGreaterThan(mean);
      }),
    );
  });

  it('does not depend on the order of the frames, nor on frames that were changed afterwards', () => {
    const shuffled = qualities(2).chain((lengths) =>
      fc.tuple(fc.constant(lengths), fc.shuffledSubarray([...lengths.keys()], { minLength: lengths.length })),
    );
    fc.assert(
      fc.property(seed, shuffled, (from, [lengths, order]) => {
        const random = seeded(from);
        const frames = framesOf(randomDirection(random, dimensions), lengths, random);
        const fused = fuse(frames);
        const fusedOther = fuse(order.map((i) => frames[i]));
        for (const { template } of frames) template.fill(0);
        expect(dot(fused ?? [], fusedOther ?? [])).toBeCloseTo(1, 5);
      }),
    );
  });

  it('leaves out whoever stepped in for a moment, however clearly they are seen', () => {
    fc.assert(
      fc.property(
        seed,
        qualities(2),
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.nat(10),
        (from, lengths, quality, at) => {
          const random = seeded(from);
          const frames = framesOf(randomDirection(random, dimensions), lengths, random);
          // The other way: nobody is less alike.
          const stranger = { template: frames[0].template.map((value) => -value), quality };
          const fused = fuse(frames.toSpliced(at % (frames.length + 1), 0, stranger)) ?? [];
          expect(dot(fused, fuse(frames) ?? [])).toBeCloseTo(1, 5);
        },
      ),
    );
  });

  it('goes by the clearest frame where it is one against one', () => {
    const [clear, blurred] = [1, 2].map((from) => randomDirection(seeded(from), dimensions));
    const fused = fuse([
      { template: blurred, quality: 0.4 },
      { template: clear, quality: 0.9 },
    ]);
    expect(dot(fused ?? [], clear)).toBeCloseTo(1, 5);
  });
});
