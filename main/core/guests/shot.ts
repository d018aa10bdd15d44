import { setTimeout as sleep } from 'node:timers/promises';
import type { Face } from '../../workers/index.ts';
import { fuse } from './fuse.ts';

/** For each subject: the face in one frame, where there was one. */
type FacesOfFrame = (Face | undefined)[];

/** The frames of one try. */
export interface Shot {
  number: number;
  /** Those that are still being looked at included. */
  frames: ShotFrame[];
}

export interface ShotFrame {
  faces: Promise<FacesOfFrame>;
  /** Its JPEG; undefined where nobody wants it. */
  picture: Uint8Array | undefined;
}

export const mostFramesPerShot = 12;

// How long the last frames of a shot are waited for once there are enough that show everybody.
const patienceMs = 150;
const enoughFrames = 3;

/**
 * Waits for the frames of a shot that are to be used: all of them, or on a machine with its hands full those that were done a moment after the shot, if
 * they are enough. No more than four of a person are fused anyway.
 *
 * @returns the best frames of each person, fused; a person who was in none of them is left out. Each Float32Array [dimensions], unit length.
 *   And the frame in which they are seen best, where frames are kept
 */
export async function probesOf({ frames }: Shot): Promise<{ probes: Float32Array[]; picture: Uint8Array | undefined }> {
  const done: { faces: FacesOfFrame; picture: Uint8Array | undefined }[] = [];
  const all = Promise.all(frames.map(async ({ faces, picture }) => done.push({ faces: await faces, picture })));
  await Promise.race([all, sleep(patienceMs)]);
  const withEverybody = done.filter(({ faces }) => faces.length > 0 && faces.every((face) => face !== undefined));
  if (withEverybody.length < enoughFrames) await all;

  const people = Math.max(0, ...done.map(({ faces }) => faces.length));
  const probes = Array.from({ length: people }, (_, i) => fuse(done.flatMap(({ faces }) => faces.at(i) ?? [])));
  const [best] = done.toSorted((a, b) => clearnessOf(b.faces) - clearnessOf(a.faces));
  return { probes: probes.filter((probe) => probe !== undefined), picture: people === 0 ? undefined : best.picture };
}

/** How well all of them together are seen. */
const clearnessOf = (faces: FacesOfFrame): number => faces.reduce((sum, face) => sum + (face?.quality ?? 0), 0);

/** Overwrites the frames that were kept and the templates of all, those still to come included. */
export function overwrite({ frames }: Shot): void {
  for (const frame of frames) {
    void frame.faces.then((faces) => {
      for (const face of faces) face?.template.fill(0);
      // The workers have it by then.
      frame.picture?.fill(0);
    });
  }
}
