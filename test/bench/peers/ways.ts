/** Which face detector looks. Whatever it finds gets a descriptor too, as the product's faces get a template. */
export type Detector = 'human' | 'faceApiSsd' | 'faceApiTiny';

/** One way of using a peer. */
export interface Way {
  name: string;
  detector: Detector;
  /** Longer side of the copy that is decoded, pixels. */
  longSidePx: number;
  /** Side of the squares that it is looked at in, pixels; the whole copy at once if not given. */
  tilePx?: number;
  /** What its boxes are to be multiplied by, about their middle, to be drawn as the labels are. */
  boxScale: number;
}

// human draws a box 1.4 times as large as the face that it saw (its `scale`).
const human = { detector: 'human', boxScale: 1 / 1.4 } as const;
const ssd = { detector: 'faceApiSsd', boxScale: 1 } as const;
const tiny = { detector: 'faceApiTiny', boxScale: 1 } as const;

/**
 * The ways that were best among those tried: of each detector the quickest, and one by which it finds the most. How the tiny detector is used in squares was
 * tried least.
 */
export const ways: readonly Way[] = [
  { name: '@vladmandic/human, whole photo', ...human, longSidePx: 640 },
  { name: '@vladmandic/human, in tiles', ...human, longSidePx: 1280, tilePx: 400 },
  { name: '@vladmandic/face-api (SSD), whole photo', ...ssd, longSidePx: 640 },
  { name: '@vladmandic/face-api (tiny), whole photo', ...tiny, longSidePx: 1280 },
  { name: '@vladmandic/face-api (tiny), in tiles', ...tiny, longSidePx: 2048, tilePx: 512 },
];
