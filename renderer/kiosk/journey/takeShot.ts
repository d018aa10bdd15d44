import type { Camera } from '../camera/index.ts';
import { delay } from './delay.ts';

/** Set when the last frame of a shot is captured. How long the photos take from there is what a guest waits for, so it is measured. */
export const shutterMark = 'shutter';

const frames = 6;
/** Far enough apart for a blink or a sway to spoil one frame, not all. */
const intervalMs = 90;

/**
 * Takes a shot's frames; each is sent while the next is taken.
 *
 * @returns the last frame, JPEG, once all have been sent; undefined if the camera gave none
 */
export async function takeShot(camera: Camera, send: (frame: Uint8Array) => void): Promise<Uint8Array | undefined> {
  performance.clearMarks(shutterMark);
  const encoding: Promise<Uint8Array | undefined>[] = [];
  for (let taken = 0; taken < frames; taken++) {
    if (taken > 0) await delay(intervalMs);
    encoding.push(
      camera.frame('selfie').then((frame) => {
        if (frame !== undefined) send(frame);
        return frame;
      }),
    );
  }
  performance.mark(shutterMark);
  return (await Promise.all(encoding)).findLast((frame) => frame !== undefined);
}
