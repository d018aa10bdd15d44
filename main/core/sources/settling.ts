import type { Stats } from 'node:fs';
import { wholenessOf, type Wholeness } from './wholeness.ts';

/** A file as it was last found. */
export interface Sighting {
  /** Its size and time. */
  state: string;
  /** When it was first found like this, by our own clock that nobody puts back; milliseconds. */
  sinceMs: number;
  wholeness: Wholeness | undefined;
}

// How long a file has to have stood still. One that ends as its format says may be taken nearly at once; of one that does not, whoever writes it has
// lost the connection, and what is there will have to do.
const stillMs: Readonly<Record<Wholeness, number>> = { whole: 300, unknown: 3_000, unfinished: 60_000 };
// A file that was written so long ago has been standing still before it was found.
const oldMs = 120_000;

export const stateOf = ({ size, mtimeMs }: Stats): string => `${String(size)} ${String(mtimeMs)}`;

/**
 * Whether nobody is writing the file any more. Its time alone says nothing: sync tools set it to the camera's, and a camera's clock may be ahead.
 *
 * @throws what the file system says of a file that cannot be read
 */
export async function hasSettled(file: string, sighting: Sighting, modifiedMs: number): Promise<boolean> {
  const stoodMs = performance.now() - sighting.sinceMs;
  const isOld = Date.now() - modifiedMs > oldMs;
  if (!isOld && stoodMs < stillMs.whole) return false;
  sighting.wholeness ??= await wholenessOf(file);
  switch (sighting.wholeness) {
    case 'whole':
      return true;
    case 'unknown':
      return isOld || stoodMs >= stillMs.unknown;
    case 'unfinished':
      return stoodMs >= stillMs.unfinished;
  }
}
