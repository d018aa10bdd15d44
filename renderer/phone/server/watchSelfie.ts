import { phonePaths, selfieEventName, type SelfieJob } from '../../../preload/index.ts';
import type { Server } from './createServer.ts';

const pollMs = 1000;

/** Whether nothing more will be told of it. */
export const isSettled = (job: SelfieJob): boolean => job.state === 'done' || job.state === 'failed';

/**
 * Tells of a selfie's job until it is settled: as the server tells it, and where that line breaks, by asking again and again.
 *
 * @param onGone nobody knows the job any more
 * @returns stops it
 */
export const watchSelfie = (
  server: Server,
  jobId: string,
  onJob: (job: SelfieJob) => void,
  onGone: (message: string) => void,
): (() => void) => {
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const source = new EventSource(phonePaths.selfieJobEvents(jobId));

  const stop = (): void => {
    isStopped = true;
    source.close();
    clearTimeout(timer);
  };
  const tell = (job: SelfieJob): void => {
    if (isSettled(job)) stop();
    onJob(job);
  };
  const poll = async (): Promise<void> => {
    const reply = await server.selfieJob(jobId);
    if (isStopped) return;
    if (reply.kind === 'refused') {
      stop();
      onGone(reply.message);
      return;
    }
    if (reply.kind === 'ok') tell(reply.value);
    if (reply.kind !== 'ok' || !isSettled(reply.value)) timer = setTimeout(() => void poll(), pollMs);
  };

  source.addEventListener(selfieEventName, (event: MessageEvent<string>) => {
    // The boundary: the same server as in createServer.
    tell(JSON.parse(event.data) as SelfieJob);
  });
  source.addEventListener('error', () => {
    source.close();
    void poll();
  });
  return stop;
};
