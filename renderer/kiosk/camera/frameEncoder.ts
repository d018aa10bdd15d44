import type { FrameDone, FrameJob } from './frameJob.ts';

export interface FrameEncoder {
  /** @returns JPEG; undefined if it could not be encoded, or was no longer wanted */
  encode(job: Omit<FrameJob, 'id'>): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Ends the worker, and with it what it holds of pictures. */
  stop(): void;
}

export function createFrameEncoder(): FrameEncoder {
  const worker = new Worker(new URL('./frameEncoder.worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (bytes: Uint8Array<ArrayBuffer> | undefined) => void>();
  let lastId = 0;

  function giveUp(): void {
    for (const settle of waiting.values()) settle(undefined);
    waiting.clear();
  }

  worker.addEventListener('message', ({ data: { id, bytes } }: MessageEvent<FrameDone>) => {
    waiting.get(id)?.(bytes && new Uint8Array(bytes));
    waiting.delete(id);
  });
  worker.addEventListener('error', giveUp);

  return {
    encode: (job) =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, resolve);
        worker.postMessage({ ...job, id: lastId } satisfies FrameJob, [job.frame]);
      }),
    stop: () => {
      worker.terminate();
      giveUp();
    },
  };
}
