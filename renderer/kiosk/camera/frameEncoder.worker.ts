import type { FrameDone, FrameJob } from './frameJob.ts';
import { fitWithin, uprightSize } from './uprightSize.ts';

// Turns frames of the camera upright and into JPEG. In a worker, because converting and encoding take milliseconds that the live picture
// would have to wait for.

self.addEventListener('message', ({ data }: MessageEvent<FrameJob>) => void answer(data));

async function answer(job: FrameJob): Promise<void> {
  const bytes = await encode(job).catch(() => undefined);
  self.postMessage({ id: job.id, bytes } satisfies FrameDone, { transfer: bytes === undefined ? [] : [bytes] });
}

async function encode({ frame, rotationDegrees, longSidePx, isMirrored, quality }: FrameJob): Promise<ArrayBuffer> {
  try {
    const seen = fitWithin({ width: frame.displayWidth, height: frame.displayHeight }, longSidePx);
    const upright = uprightSize(seen, rotationDegrees);
    const canvas = new OffscreenCanvas(upright.width, upright.height);
    // The pixels are read back at once, so they are better kept off the graphics card.
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (context === null) throw new Error('no canvas');
    context.translate(upright.width / 2, upright.height / 2);
    if (isMirrored) context.scale(-1, 1);
    context.rotate((rotationDegrees * Math.PI) / 180);
    context.drawImage(frame, -seen.width / 2, -seen.height / 2, seen.width, seen.height);
    // The camera has few buffers, and waits for each that is held.
    frame.close();
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    return await blob.arrayBuffer();
  } finally {
    frame.close();
  }
}
