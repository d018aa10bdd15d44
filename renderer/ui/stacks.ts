/** A photo as far as its burst goes: the kiosk's, or a phone's. */
interface OfBurst {
  id: number;
  burstId?: number | undefined;
}

export interface Stack<P extends OfBurst> {
  /** The one that is shown. */
  photo: P;
  /** How many of the same burst are behind it. */
  behind: number;
}

/** The photos of each burst as one, with the first of them on top. */
export function stacksOf<P extends OfBurst>(photos: readonly P[]): Stack<P>[] {
  const stacks = new Map<string, Stack<P>>();
  for (const photo of photos) {
    const key = photo.burstId === undefined ? `photo ${String(photo.id)}` : `burst ${String(photo.burstId)}`;
    const stack = stacks.get(key);
    stacks.set(key, stack === undefined ? { photo, behind: 0 } : { ...stack, behind: stack.behind + 1 });
  }
  return [...stacks.values()];
}
