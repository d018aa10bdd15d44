import { setTimeout as sleep } from 'node:timers/promises';
import type { Face } from '../../workers/index.ts';
import { fuse } from './fuse.ts';

/** For each subject: the face in one frame, where there was one. */
type FacesOfFrame = (Face | undefined)[];

/** The frames of one try. */
export interface Shot {
  number: number;
  /** Those that are still being looked at included. */
  frames: Promise<FacesOfFrame>[];
}

export const mostFramesPerShot = 12;

// How long the last frames of a shot are waited for once there are enough that show everybody.
const patienceMs = 150;
const enoughFrames = 3;

/**
 * Waits for the frames of a shot that are to be used: all of them, or on a machine with its hands full those that were done a moment after the shot, if
 * they are enough. No more than four of a person are fused anyway.
 *
 * @returns the best frames of each person, fused; a person who was in none of them is left out. Each Float32Array [dimensions], unit length
 */
export async function probesOf({ frames }: Shot): Promise<Float32Array[]> {
  const done: FacesOfFrame[] = [];
  const all = Promise.all(frames.map(async (frame) => done.push(await frame)));
  await Promise.race([all, sleep(patienceMs)]);
  const withEverybody = done.filter((faces) => faces.length > 0 && faces.every((face) => face !== undefined));
  if (withEverybody.length < enoughFrames) await all;

  const people = Math.max(0, ...done.map((faces) => faces.length));
  const probes = Array.from({ length: people }, (_, i) => fuse(done.flatMap((faces) => faces.at(i) ?? [])));
  return probes.filter((probe) => probe !== undefined);
}

/** Overwrites the templates of all frames, those still to come included. */
export function overwrite({ frames }: Shot): void {
  for (const frame of frames) {
    void frame.then((faces) => {
      for (const face of faces) face?.template.fill(0);
    });
  }
}
