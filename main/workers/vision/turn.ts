/** How a picture that lies as the sensor lay is made upright: mirrored left to right where it has to be, then turned. */
export interface Turn {
  isMirrored: boolean;
  /** Clockwise. */
  degrees: 0 | 90 | 180 | 270;
}

/** EXIF's eight orientations; 1 is upright. */
const turns: readonly (Turn | undefined)[] = [
  undefined,
  undefined,
  { isMirrored: true, degrees: 0 },
  { isMirrored: false, degrees: 180 },
  { isMirrored: true, degrees: 180 },
  { isMirrored: true, degrees: 270 },
  { isMirrored: false, degrees: 90 },
  { isMirrored: true, degrees: 90 },
  { isMirrored: false, degrees: 270 },
];

export interface Size {
  width: number;
  height: number;
}

/** @param orientation as EXIF has it; undefined for an upright picture, and for a number that is none */
export const turnOf = (orientation: number | undefined): Turn | undefined => turns.at(orientation ?? 1);

export const turnedSize = ({ width, height }: Size, turn: Turn | undefined): Size =>
  turn?.degrees === 90 || turn?.degrees === 270 ? { width: height, height: width } : { width, height };

/** Where the pixels of the upright picture are in the rows of one that lies: the first one, and how far it is to the next on its right and below. */
export interface Walk {
  first: number;
  across: number;
  down: number;
}

/** @param lying the size of the picture as it lies, pixels */
export function walkOf(lying: Size, turn: Turn | undefined): Walk {
  const { width, height } = lying;
  const place = (u: number, v: number): number => {
    const [x, y] = unturned(u, v);
    return y * width + (turn?.isMirrored === true ? width - 1 - x : x);
  };
  const first = place(0, 0);
  return { first, across: place(1, 0) - first, down: place(0, 1) - first };

  function unturned(u: number, v: number): [number, number] {
    switch (turn?.degrees ?? 0) {
      case 0:
        return [u, v];
      case 90:
        return [v, height - 1 - u];
      case 180:
        return [width - 1 - u, height - 1 - v];
      case 270:
        return [width - 1 - v, u];
    }
  }
}
