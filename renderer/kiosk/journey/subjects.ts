import { maxSubjects, type FrameBox, type FramePoint } from '../../../preload/index.ts';
import type { SeenFace } from '../screens/props.ts';

/** A face whose guest wants to be searched for, where it was last seen. */
export interface Subject {
  centre: FramePoint;
  /** Checks in a row that did not see it. */
  missed: number;
}

/** About a second: someone who turned round is still there, someone who left is not. */
const mostMissed = 8;

/**
 * Finds the chosen faces again among those of the next check: each subject goes to the nearest face that is no more than its own size
 * away and that nobody else has.
 */
export function follow(
  subjects: readonly Subject[],
  boxes: readonly FrameBox[],
): { subjects: Subject[]; faces: SeenFace[] } {
  const takenBy = new Map<number, Subject>();
  const pairs = subjects
    .flatMap((subject) => boxes.map((box, index) => ({ subject, index, reach: reachOf(subject.centre, box) })))
    .filter(({ reach }) => reach <= 1)
    .sort((a, b) => a.reach - b.reach);
  const found = new Set<Subject>();
  for (const { subject, index } of pairs) {
    if (found.has(subject) || takenBy.has(index)) continue;
    found.add(subject);
    takenBy.set(index, subject);
  }
  return {
    subjects: [
      ...boxes.flatMap((box, index) => (takenBy.has(index) ? [{ centre: centreOf(box), missed: 0 }] : [])),
      ...subjects
        .filter((subject) => !found.has(subject) && subject.missed < mostMissed)
        .map(({ centre, missed }) => ({ centre, missed: missed + 1 })),
    ],
    faces: boxes.map((box, index) => ({ box, isSubject: takenBy.has(index) })),
  };
}

/** Chooses a face of the last check, or takes the choice back. */
export function toggle(subjects: readonly Subject[], face: SeenFace): Subject[] {
  const centre = centreOf(face.box);
  // What was followed to a face lies exactly on it.
  if (face.isSubject)
    return subjects.filter((subject) => subject.centre.x !== centre.x || subject.centre.y !== centre.y);
  return subjects.length < maxSubjects ? [...subjects, { centre, missed: 0 }] : [...subjects];
}

/** How far a point is from a face's centre, in sizes of that face. */
function reachOf(point: FramePoint, box: FrameBox): number {
  const centre = centreOf(box);
  return Math.max(Math.abs(point.x - centre.x) / box.width, Math.abs(point.y - centre.y) / box.height);
}

/** Within what the contract allows of a point. */
function centreOf({ x, y, width, height }: FrameBox): FramePoint {
  const within = (value: number) => Math.min(2, Math.max(-1, value));
  return { x: within(x + width / 2), y: within(y + height / 2) };
}
