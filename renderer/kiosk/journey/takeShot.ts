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
 * @returns a still to look at, mirrored JPEG, once all frames have been sent; undefined if the camera gave none
 */
export async function takeShot(
  camera: Camera,
  send: (frame: Uint8Array) => void,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  performance.clearMarks(shutterMark);
  const sending: Promise<void>[] = [];
  let still: Promise<Uint8Array<ArrayBuffer> | undefined> | undefined;
  for (let taken = 0; taken < frames; taken++) {
    if (taken > 0) await delay(intervalMs);
    sending.push(
      camera.frame('selfie').then((frame) => {
        if (frame !== undefined) send(frame);
      }),
    );
    // Encoded before the last frame comes: nothing is to be waited for after that one.
    if (taken === frames - 2) still = camera.frame('still');
  }
  performance.mark(shutterMark);
  await Promise.all(sending);
  return still;
}
