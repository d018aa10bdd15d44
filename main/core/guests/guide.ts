import type { Advice, FrameBox, FramePoint, Guidance } from '../../../preload/index.ts';
import type { Glimpse } from '../../workers/index.ts';
import type { Glance } from '../matching/index.ts';
import { facesOf, foremost } from './subjects.ts';

/** Where the subjects were at a check: what the next one tells movement from, and where a selfie's frames are looked at first. */
export interface Stance {
  atMs: number;
  /** Pixels of the frame. */
  centres: { x: number; y: number }[];
  /** Fractions of the frame; none unless every subject was seen. */
  boxes: FrameBox[];
}

// Shares of the frame's height. A face of less than 100 of 720 pixels has too few for its template to be worth much.
const leastHeight = 0.14;
const mostHeight = 0.72;
// Shares of the frame's width and height that a face's centre keeps clear of.
const clearAtSides = 0.12;
// Even the darkest skin has highlights; where a tenth of the face does not reach this, it is the light that is missing.
const leastBrightLuma = 0.3;
// Of the distance between the eyes: how far the nose may be from the middle of them. A profile is beyond 0.5.
const mostNoseOffset = 0.32;
// Where the nose is between the eyes (0) and the mouth (1): less for a face turned up, more for one turned down.
const noseHeight = { least: 0.3, most: 0.85 };
// Heights of the face in a second.
const mostSpeed = 0.7;

/** What to tell the guest. Pure; the thresholds' units are those of the frame, so that the camera's resolution does not matter. */
export function guide(
  { faces, width, height }: Glance,
  subjects: readonly FramePoint[],
  before: Stance | undefined,
  atMs: number,
): { guidance: Guidance; stance: Stance } {
  const present = foremost(faces);
  const wanted = facesOf(faces, subjects, { width, height });
  const found = wanted.filter((face) => face !== undefined);
  const centres = found.map(({ box }) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 }));
  const inFrame = ({ box }: Glimpse): FrameBox => ({
    x: box.x / width,
    y: box.y / height,
    width: box.width / width,
    height: box.height / height,
  });
  const stance = { atMs, centres, boxes: found.length === wanted.length ? found.map(inFrame) : [] };

  return {
    stance,
    guidance: {
      advice: adviceNow(),
      // Their order must not change with every check: somebody is about to touch one of them.
      faces: present
        .toSorted((a, b) => a.box.x - b.box.x)
        .map((face) => ({ box: inFrame(face), isSubject: found.includes(face) })),
    },
  };

  function adviceNow(): Advice {
    if (present.length === 0) return 'no-face';
    if (subjects.length === 0 && present.length > 1) return 'several-faces';
    if (found.length < wanted.length) return 'no-face';
    const isAny = (is: (face: Glimpse) => boolean) => found.some(is);
    if (isAny(({ box }) => box.height < leastHeight * height)) return 'too-far';
    if (isAny(({ box }) => box.height > mostHeight * height)) return 'too-near';
    if (centres.some(({ x, y }) => isAtSide(x / width) || isAtSide(y / height))) return 'off-centre';
    if (isAny(({ brightLuma }) => brightLuma < leastBrightLuma)) return 'too-dark';
    if (isAny(isTurnedAway)) return 'turned-away';
    return before !== undefined && speed(before) > mostSpeed ? 'moving' : 'ready';
  }

  /** Of the fastest subject, its own heights in a second. */
  function speed({ atMs: beforeMs, centres: then }: Stance): number {
    if (then.length !== centres.length || atMs <= beforeMs) return 0;
    const seconds = (atMs - beforeMs) / 1000;
    return Math.max(
      ...centres.map(({ x, y }, i) => Math.hypot(x - then[i].x, y - then[i].y) / found[i].box.height / seconds),
    );
  }
}

const isAtSide = (share: number): boolean => share < clearAtSides || share > 1 - clearAtSides;

/** From the five points alone, measured along and across the line between the eyes, so that a tilted head is none. */
export function isTurnedAway({ landmarks }: { landmarks: readonly number[] }): boolean {
  const [leftX, leftY, rightX, rightY, noseX, noseY, mouthLeftX, mouthLeftY, mouthRightX, mouthRightY] = landmarks;
  const eyeDistance = Math.hypot(rightX - leftX, rightY - leftY);
  if (eyeDistance === 0) return true;
  const along = { x: (rightX - leftX) / eyeDistance, y: (rightY - leftY) / eyeDistance };
  const middle = { x: (leftX + rightX) / 2, y: (leftY + rightY) / 2 };
  const onLine = (x: number, y: number) => (x - middle.x) * along.x + (y - middle.y) * along.y;
  const belowLine = (x: number, y: number) => (y - middle.y) * along.x - (x - middle.x) * along.y;

  const noseOffset = Math.abs(onLine(noseX, noseY)) / eyeDistance;
  const mouth = belowLine((mouthLeftX + mouthRightX) / 2, (mouthLeftY + mouthRightY) / 2);
  const nose = belowLine(noseX, noseY) / mouth;
  return noseOffset > mostNoseOffset || mouth <= 0 || nose < noseHeight.least || nose > noseHeight.most;
}
