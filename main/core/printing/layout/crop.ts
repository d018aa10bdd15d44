import type { SheetRect } from '../../../workers/index.ts';

export interface PhotoSize {
  width: number;
  height: number;
}

/** How far in from a place's sides it begins to be sure that something is seen: shares of its width and height. */
export interface Insets {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

// A detector's box goes from the hairline to the chin. Shares of its width at either side, of its height above and below: with so much room a head is whole and
// does not touch the edge.
const room = { side: 0.3, above: 0.5, below: 0.25 };

// What is asked for, best first: before a part of the picture is given up, or paper shows, heads come nearer to the edge. `share` of the room there is; at last only
// the face itself has to keep clear of what may be cut off, and the room around it to be there.
const wishes = [
  { share: 1, isRoomSure: true },
  { share: 0.6, isRoomSure: true },
  { share: 0.45, isRoomSure: false },
] as const;
// For their sake a crop is made no smaller than this share of the largest one.
const smallestShare = 0.85;

/**
 * The part of a photo that a place shows: as large as can be, and no further from the photographer's framing than it takes to have every face in it whole. Where no
 * part of the photo has them all, the crop is larger than the photo, as much as is needed: there the paper is seen.
 *
 * @param photo upright, pixels
 * @param faces boxes in it; what of a face the photographer cut off is not asked for
 * @param aspect width divided by height of the place
 * @param insets what nothing of a face may lie in, because it may be cut off or covered
 * @returns pixels of the photo, in the place's shape
 */
export function cropOf(photo: PhotoSize, faces: readonly SheetRect[], aspect: number, insets: Insets): SheetRect {
  const largest = Math.min(photo.width, photo.height * aspect);
  // A box that lies wholly beside the photo is none.
  const seen = faces.filter(
    ({ x, y, width, height }) => x < photo.width && y < photo.height && x + width > 0 && y + height > 0,
  );
  for (const wish of wishes) {
    const { across, down } = limitsOf(photo, seen, insets, wish);
    const width = Math.min(largest, mostOf(across, photo.width), mostOf(down, photo.height) * aspect);
    if (width >= Math.max(smallestShare * largest, leastOf(across), leastOf(down) * aspect)) {
      return placed(photo, { across, down }, width, aspect);
    }
  }
  const limits = limitsOf(photo, seen, insets, wishes[2]);
  const width = Math.max(largest, leastOf(limits.across), leastOf(limits.down) * aspect);
  return placed(photo, limits, width, aspect);
}

/** That a crop's side begins, or ends, so far from something that has to be seen: `share` of that side. */
interface Limit {
  at: number;
  share: number;
}

interface Limits {
  before: readonly Limit[];
  after: readonly Limit[];
}

function limitsOf(
  photo: PhotoSize,
  faces: readonly SheetRect[],
  insets: Insets,
  wish: (typeof wishes)[number],
): { across: Limits; down: Limits } {
  const across = faces.map(({ x, width }) => ({
    ...{ from: x, to: x + width },
    ...{ before: room.side * width, after: room.side * width },
  }));
  const down = faces.map(({ y, height }) => ({
    ...{ from: y, to: y + height },
    ...{ before: room.above * height, after: room.below * height },
  }));
  return {
    across: limitsOfSide(across, photo.width, insets.left, insets.right, wish),
    down: limitsOfSide(down, photo.height, insets.top, insets.bottom, wish),
  };
}

function limitsOfSide(
  parts: readonly { from: number; to: number; before: number; after: number }[],
  length: number,
  insetBefore: number,
  insetAfter: number,
  { share, isRoomSure }: (typeof wishes)[number],
): Limits {
  // Where the photographer cut a face off, the photo's edge may be the place's as well; that is so of this face alone.
  const before = parts.flatMap((part) => {
    const inset = part.from <= 0 ? 0 : insetBefore;
    const edge = { at: Math.max(0, part.from), share: inset };
    return [edge, { at: Math.max(0, part.from - share * part.before), share: isRoomSure ? inset : 0 }];
  });
  const after = parts.flatMap((part) => {
    const inset = part.to >= length ? 0 : insetAfter;
    const edge = { at: Math.min(length, part.to), share: inset };
    return [edge, { at: Math.min(length, part.to + share * part.after), share: isRoomSure ? inset : 0 }];
  });
  return { before, after };
}

/** How short a side may be to show all that it has to. */
const leastOf = ({ before, after }: Limits): number =>
  Math.max(0, ...after.flatMap((end) => before.map((start) => (end.at - start.at) / (1 - end.share - start.share))));

/** How long it may be and still lie in the photo: what is near the photo's edge has to be as far from its own. */
const mostOf = ({ before, after }: Limits, length: number): number =>
  Math.min(
    length,
    ...before.map(({ at, share }) => (share === 0 ? length : at / share)),
    ...after.map(({ at, share }) => (share === 0 ? length : (length - at) / share)),
  );

function placed(photo: PhotoSize, limits: { across: Limits; down: Limits }, width: number, aspect: number): SheetRect {
  const height = width / aspect;
  const x = startOf(limits.across, photo.width, width);
  const y = startOf(limits.down, photo.height, height);
  return { x, y, width, height };
}

/** Where a side begins: in the photo's middle, unless it would not show what it has to, or leave the photo without need. */
function startOf({ before, after }: Limits, length: number, side: number): number {
  const last = Math.min(Infinity, ...before.map(({ at, share }) => at - share * side));
  const first = Math.max(-Infinity, ...after.map(({ at, share }) => at - (1 - share) * side));
  const middle = (length - side) / 2;
  const start = Math.min(Math.max(middle, first), last);
  if (side > length) return start;
  return Math.min(Math.max(Math.min(Math.max(start, 0), length - side), first), last);
}
