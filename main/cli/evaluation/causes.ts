/** A face as it was found in a photo. */
export interface SeenFace {
  /** Pixels of the photo. */
  height: number;
  /** Length of the raw template. */
  norm: number;
  /** Five points x1, y1, ...: eyes, nose tip, mouth corners. */
  landmarks: readonly number[];
}

/**
 * Why a photo of somebody was not returned, as far as what was found in it tells: the probe shows no usable face (`probe`), no face was found in
 * the photo (`no-face`), the guest would have been asked (`asked`), the most alike face is `small`, `turned` away or `unclear`, or else it is none of
 * that and `unlike`: another face than the one that is meant, something that covers it, years between the pictures, a wrong label.
 */
export type Cause = 'probe' | 'no-face' | 'asked' | 'small' | 'turned' | 'unclear' | 'unlike';

// Below, one in twenty is not recognised (docs/models.md).
const smallPx = 48;
// Of the distance between the eyes: by how much the nose lies beside their middle. A head turned by about 30 degrees.
const turned = 0.25;
// Nine of ten clear faces have longer ones.
const unclearNorm = 2.8;

export function causeOf(photo: {
  isProbeUsable: boolean;
  /** The photo's most alike face; undefined where none was found. */
  face: SeenFace | undefined;
  strength: number | undefined;
  maybe: number;
}): Cause {
  const { isProbeUsable, face, strength, maybe } = photo;
  if (!isProbeUsable) return 'probe';
  if (face === undefined || strength === undefined) return 'no-face';
  if (strength >= maybe) return 'asked';
  if (face.height < smallPx) return 'small';
  if (Math.abs(turnOf(face.landmarks)) > turned) return 'turned';
  return face.norm < unclearNorm ? 'unclear' : 'unlike';
}

/** Where the nose lies along the line of the eyes: 0 in their middle, 0.5 under one of them. */
export function turnOf([leftX, leftY, rightX, rightY, noseX, noseY]: readonly number[]): number {
  const [acrossX, acrossY] = [rightX - leftX, rightY - leftY];
  const [fromX, fromY] = [noseX - (leftX + rightX) / 2, noseY - (leftY + rightY) / 2];
  return (fromX * acrossX + fromY * acrossY) / (acrossX ** 2 + acrossY ** 2);
}

/** How many of each, the most frequent first. */
export function countCauses(causes: readonly Cause[]): Partial<Record<Cause, number>> {
  const counts = new Map<Cause, number>();
  for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
