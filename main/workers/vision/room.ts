import { openWorkspace } from './kernels/index.ts';

/** Where a picture is decoded to, with room beside it for what is made of it. */
export interface Room {
  /** Uint8Array [height, width, 3], RGB, as the sensor lay. */
  pixels: Uint8Array<ArrayBuffer>;
  /** Neither they nor anything made of them is needed any longer. */
  close: () => void;
}

// What lies beside a photo's pixels at one time: half of them as the copy for the screen is made, that copy, a network's input (48 MB for 2,048 px), and what is cut
// out. Of smaller pictures all of it grows with their size.
const besideAll = { share: 1.6, mostBytes: 100e6, perByte: 10 };

/**
 * @param bytes of the pixels
 * @param isWiped whether nothing is left there: of a guest's selfie nothing is kept
 */
export function openRoom(bytes: number, isWiped: boolean): Room {
  const beside = Math.min(besideAll.mostBytes, besideAll.perByte * bytes);
  const { take, close } = openWorkspace(Math.round(besideAll.share * bytes + beside), { isWiped });
  const pixels = take(bytes);
  if (pixels === undefined) throw new Error('a memory that was made for a picture has no room for it');
  return { pixels, close };
}
