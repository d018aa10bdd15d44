import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guide, isTurnedAway, type Stance } from '../../main/core/guests/guide.ts';
import type { Glance } from '../../main/core/matching/index.ts';
import type { Glimpse } from '../../main/workers/index.ts';
import type { Advice, FramePoint } from '../../preload/index.ts';

const frame = { width: 1280, height: 720 };

// Evenly: fast-check's own doubles are mostly next to nothing.
const between = (min: number, max: number) =>
  fc.integer({ min: 0, max: 10_000 }).map((step) => min + ((max - min) * step) / 10_000);

// Five points of a face seen from the front: eyes, nose, corners of the mouth; in heights of the face from its centre.
const frontal = [-0.22, -0.12, 0.22, -0.12, 0, 0.08, -0.16, 0.25, 0.16, 0.25] as const;

interface Pose {
  /** Centre, and height, in fractions of the frame's height. */
  x: number;
  y: number;
  height: number;
  brightLuma?: number;
  /** By which the nose is beside and below its place, in heights of the face. */
  noseBy?: { x: number; y: number };
}

/** A guest who does everything right. */
const wellPlaced: Pose = { x: 0.9, y: 0.5, height: 0.4 };

function glimpseOf({ x, y, height, brightLuma = 0.7, noseBy = { x: 0, y: 0 } }: Pose): Glimpse {
  const centre = { x: x * frame.height, y: y * frame.height };
  const heightPx = height * frame.height;
  const landmarks = frontal.map((share, i) => (i % 2 === 0 ? centre.x : centre.y) + share * heightPx);
  landmarks[4] += noseBy.x * heightPx;
  landmarks[5] += noseBy.y * heightPx;
  const box = {
    x: centre.x - heightPx * 0.4,
    y: centre.y - heightPx / 2,
    width: heightPx * 0.8,
    height: heightPx,
  };
  return { box, score: 0.99, landmarks, brightLuma };
}

const glanceOf = (...poses: Pose[]): Glance => ({ ...frame, faces: poses.map(glimpseOf) });

/** Where a pose is in fractions of the frame's width and height. */
const placeOf = ({ x, y }: Pose): FramePoint => ({ x: (x * frame.height) / frame.width, y });

const adviceFor = (glance: Glance, subjects: FramePoint[] = [], before?: Stance, atMs = 1000): Advice =>
  guide(glance, subjects, before, atMs).guidance.advice;

/** The same scene through a camera of another resolution. */
const scaled = ({ width, height, faces }: Glance, by: number): Glance => ({
  width: width * by,
  height: height * by,
  faces: faces.map(({ box, landmarks, ...face }) => ({
    ...face,
    box: { x: box.x * by, y: box.y * by, width: box.width * by, height: box.height * by },
    landmarks: landmarks.map((value) => value * by),
  })),
});

describe('the guide', () => {
  const friend = { ...wellPlaced, x: 0.4, height: 0.38 };
  const fitting: [Advice, Glance, FramePoint[]][] = [
    ['no-face', glanceOf(), []],
    ['no-face', glanceOf(wellPlaced), [placeOf(wellPlaced), placeOf(friend)]],
    ['several-faces', glanceOf(wellPlaced, friend), []],
    ['too-far', glanceOf({ ...wellPlaced, height: 0.12 }), []],
    ['too-near', glanceOf({ ...wellPlaced, height: 0.8 }), []],
    ['off-centre', glanceOf({ ...wellPlaced, x: 0.1 }), []],
    ['off-centre', glanceOf({ ...wellPlaced, x: 1.7 }), []],
    ['off-centre', glanceOf({ ...wellPlaced, y: 0.08 }), []],
    ['off-centre', glanceOf({ ...wellPlaced, y: 0.95 }), []],
    ['too-dark', glanceOf({ ...wellPlaced, brightLuma: 0.2 }), []],
    ['turned-away', glanceOf({ ...wellPlaced, noseBy: { x: 0.2, y: 0 } }), []],
    ['turned-away', glanceOf({ ...wellPlaced, noseBy: { x: -0.2, y: 0 } }), []],
    ['turned-away', glanceOf({ ...wellPlaced, noseBy: { x: 0, y: -0.15 } }), []],
    ['turned-away', glanceOf({ ...wellPlaced, noseBy: { x: 0, y: 0.15 } }), []],
    ['ready', glanceOf(wellPlaced), []],
    ['ready', glanceOf(wellPlaced, friend), [placeOf(wellPlaced)]],
    ['ready', glanceOf(wellPlaced, friend), [placeOf(friend), placeOf(wellPlaced)]],
    ['ready', glanceOf(wellPlaced, { ...friend, height: 0.15 }), []],
  ];

  it('has every advice for those who need it', () => {
    for (const [advice, glance, subjects] of fitting) expect(adviceFor(glance, subjects)).toBe(advice);
    const still = guide(glanceOf(wellPlaced), [], undefined, 1000).stance;
    expect(adviceFor(glanceOf({ ...wellPlaced, x: wellPlaced.x + 0.1 }), [], still, 1200)).toBe('moving');
  });

  it('says the most pressing thing first', () => {
    const wrong = { ...wellPlaced, height: 0.12, x: 0.05, brightLuma: 0.1, noseBy: { x: 0.2, y: 0 } };
    expect(adviceFor(glanceOf(wrong))).toBe('too-far');
    expect(adviceFor(glanceOf({ ...wrong, height: 0.4 }))).toBe('off-centre');
    expect(adviceFor(glanceOf({ ...wrong, height: 0.4, x: 0.9 }))).toBe('too-dark');
    expect(adviceFor(glanceOf({ ...wrong, height: 0.4, x: 0.9, brightLuma: 0.6 }))).toBe('turned-away');
  });

  it('says of a group what any of them has to do', () => {
    const both = [placeOf(wellPlaced), placeOf(friend)];
    expect(adviceFor(glanceOf(wellPlaced, { ...friend, brightLuma: 0.1 }), both)).toBe('too-dark');
    expect(adviceFor(glanceOf(wellPlaced, { ...friend, noseBy: { x: 0.2, y: 0 } }), both)).toBe('turned-away');
    // Not of those who only stand by.
    expect(adviceFor(glanceOf(wellPlaced, { ...friend, brightLuma: 0.1 }), [placeOf(wellPlaced)])).toBe('ready');
  });

  const pose = fc.record({
    x: between(0, frame.width / frame.height),
    y: between(0, 1),
    height: between(0.05, 1),
    brightLuma: between(0, 1),
    noseBy: fc.record({
      x: between(-0.3, 0.3),
      y: between(-0.3, 0.3),
    }),
  });
  const scene = fc.record({
    before: fc.array(pose, { maxLength: 4 }),
    now: fc.array(pose, { maxLength: 4 }),
    areChosen: fc.boolean(),
  });
  const scenesOf = ({ before, now, areChosen }: { before: Pose[]; now: Pose[]; areChosen: boolean }) => ({
    before: glanceOf(...before),
    now: glanceOf(...now),
    subjects: areChosen ? now.map(placeOf) : [],
  });

  it('says the same whatever the camera’s resolution', () => {
    fc.assert(
      // Powers of two, so that rounding decides nothing.
      fc.property(scene, fc.constantFrom(0.25, 0.5, 2, 4), (scenes, by) => {
        const { before, now, subjects } = scenesOf(scenes);
        const guided = (factor: number) => {
          const { stance } = guide(scaled(before, factor), subjects, undefined, 0);
          return guide(scaled(now, factor), subjects, stance, 300).guidance;
        };
        expect(guided(by)).toEqual(guided(1));
      }),
    );
  });

  it('shows those who count, in fractions of the frame, and marks who is searched for', () => {
    const passerBy = { ...friend, height: 0.1 };
    const { faces } = guide(glanceOf(friend, passerBy, wellPlaced), [placeOf(friend)], undefined, 0).guidance;
    // From left to right, whoever is nearer.
    const [{ box }] = faces.filter(({ isSubject }) => !isSubject);
    expect(faces.map(({ isSubject }) => isSubject)).toEqual([true, false]);
    expect(faces).toEqual(faces.toSorted((a, b) => a.box.x - b.box.x));
    expect(box.height).toBeCloseTo(wellPlaced.height);
    expect(box.x + box.width / 2).toBeCloseTo(placeOf(wellPlaced).x);
    expect(box.y + box.height / 2).toBeCloseTo(wellPlaced.y);
  });

  it('takes steps of the face’s own height in a second for movement, however often it looks', () => {
    const height = between(0.2, 0.6);
    const speed = between(0, 3).filter((value) => Math.abs(value - 0.7) > 0.01);
    fc.assert(
      fc.property(height, speed, fc.integer({ min: 20, max: 300 }), (size, heightsPerSecond, elapsedMs) => {
        const step = heightsPerSecond * size * (elapsedMs / 1000);
        const then = { ...wellPlaced, height: size, x: 0.75 };
        const { stance } = guide(glanceOf(then), [], undefined, 5000);
        const now = glanceOf({ ...then, x: then.x + step * 0.6, y: then.y + step * 0.8 });
        fc.pre(['moving', 'ready'].includes(adviceFor(now)));
        expect(adviceFor(now, [], stance, 5000 + elapsedMs)).toBe(heightsPerSecond > 0.7 ? 'moving' : 'ready');
      }),
    );
  });

  it('does not take one guest for another who has moved', () => {
    const { stance } = guide(glanceOf(wellPlaced), [], undefined, 1000);
    const both = [placeOf(wellPlaced), placeOf(friend)];
    expect(adviceFor(glanceOf(wellPlaced, friend), both, stance, 1100)).toBe('ready');
    // A clock that has not moved on says nothing about speed.
    expect(adviceFor(glanceOf({ ...wellPlaced, x: 1 }), [], stance, 1000)).toBe('ready');
  });
});

describe('isTurnedAway', () => {
  /** Turned in the picture's plane and moved, as a head that is tilted. */
  const tilted = (landmarks: readonly number[], degrees: number, size: number): number[] => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return landmarks.map((value, i) => {
      const [x, y] = i % 2 === 0 ? [value, landmarks[i + 1]] : [landmarks[i - 1], value];
      return 300 + size * (i % 2 === 0 ? x * cos - y * sin : x * sin + y * cos);
    });
  };

  it('does not mind a tilted head, nor where in the picture it is, nor how large', () => {
    const nose = fc.record({
      x: between(-0.25, 0.25),
      y: between(-0.2, 0.3),
    });
    const degrees = between(-180, 180);
    fc.assert(
      fc.property(nose, degrees, between(40, 600), (by, turn, size) => {
        const landmarks = frontal.map((value, i) => (i === 4 ? value + by.x : i === 5 ? value + by.y : value));
        // At the very threshold rounding would decide.
        const isNear = (values: number[]) =>
          [0.999, 1.001].map((factor) => isTurnedAway({ landmarks: nudged(values, factor) }));
        fc.pre(new Set(isNear(landmarks)).size === 1);
        expect(isTurnedAway({ landmarks: tilted(landmarks, turn, size) })).toBe(isTurnedAway({ landmarks }));
      }),
    );
  });

  const nudged = (landmarks: readonly number[], factor: number) =>
    landmarks.map((value, i) => (i === 4 || i === 5 ? value * factor : value));

  it('is so for a face whose points are nonsense', () => {
    expect(isTurnedAway({ landmarks: new Array<number>(10).fill(5) })).toBe(true);
    // Upside down: the mouth above the eyes.
    const upended = frontal.map((value, i) => (i % 2 === 0 || i < 4 ? value : -0.12 - (value + 0.12)));
    expect(isTurnedAway({ landmarks: upended })).toBe(true);
  });

  it('is not so for a face seen from the front', () => {
    expect(isTurnedAway({ landmarks: frontal })).toBe(false);
  });
});
