import type { Camera, CameraSettings, CameraState, FrameKind } from './camera.ts';
import { cameraFaultOf } from './cameraFault.ts';
import type { FrameEncoder } from './frameEncoder.ts';
import type { FrameJob } from './frameJob.ts';
import { openStream, stopStream } from './openStream.ts';
import { uprightSize } from './uprightSize.ts';

/** How often a camera that is not there is asked for again; devices that say that they have come are tried at once. */
const retryMs = 2_000;

/** How long an opened camera may take to its first picture. */
const firstPictureMs = 8_000;

const encodings: Record<FrameKind, Pick<FrameJob, 'longSidePx' | 'quality' | 'isMirrored'>> = {
  // Large enough for a face at arm's length, small enough for eight a second.
  guide: { longSidePx: 640, quality: 0.7, isMirrored: false },
  selfie: { longSidePx: 1280, quality: 0.9, isMirrored: false },
  // As the guest saw themselves.
  still: { longSidePx: 960, quality: 0.8, isMirrored: true },
};

interface Session {
  settings: CameraSettings;
  encoder: FrameEncoder;
  stream: MediaStream | undefined;
  isTrying: boolean;
  retry: ReturnType<typeof setTimeout> | undefined;
}

export interface CameraEdges {
  devices: MediaDevices;
  /** Shows the live picture and is what frames are taken from; the camera's own. */
  video: HTMLVideoElement;
  createEncoder: () => FrameEncoder;
}

export function createCamera({ devices, video, createEncoder }: CameraEdges): Camera {
  const listeners: ((state: CameraState) => void)[] = [];
  let state: CameraState = { at: 'closed' };
  let session: Session | undefined;

  function enter(next: CameraState): void {
    state = next;
    for (const listener of listeners) listener(next);
  }

  async function attempt(own: Session): Promise<void> {
    if (own.isTrying) return;
    own.isTrying = true;
    clearTimeout(own.retry);
    let stream: MediaStream | undefined;
    try {
      stream = await openStream(devices, own.settings.label);
      if (session !== own) {
        stopStream(stream);
        return;
      }
      own.stream = stream;
      for (const track of stream.getVideoTracks()) track.addEventListener('ended', () => lose(own, track));
      video.srcObject = stream;
      await Promise.race([video.play(), tooLate()]);
      if (session === own && own.stream === stream) {
        const { width, height } = uprightSize(
          { width: video.videoWidth, height: video.videoHeight },
          own.settings.rotationDegrees,
        );
        enter({ at: 'live', aspect: width / height });
      }
    } catch (reason) {
      // One that was lost meanwhile is known to be.
      if (session === own && own.stream === stream) {
        release(own);
        despair(own, reason);
      }
    } finally {
      own.isTrying = false;
    }
  }

  function despair(own: Session, reason: unknown): void {
    const fault = cameraFaultOf(reason);
    // One that was unplugged is missing, too; but the guest saw it go.
    const wasLost = state.at === 'unavailable' && state.fault === 'camera.lost' && fault === 'camera.missing';
    if (!wasLost) enter({ at: 'unavailable', fault });
    tryLater(own);
  }

  function lose(own: Session, track: MediaStreamTrack): void {
    if (session !== own || own.stream?.getTracks().includes(track) !== true) return;
    release(own);
    enter({ at: 'unavailable', fault: 'camera.lost' });
    tryLater(own);
  }

  function tryLater(own: Session): void {
    clearTimeout(own.retry);
    own.retry = setTimeout(() => void attempt(own), retryMs);
  }

  function release(own: Session): void {
    if (own.stream !== undefined) stopStream(own.stream);
    own.stream = undefined;
    video.srcObject = null;
  }

  function onDeviceChange(): void {
    if (session !== undefined && state.at === 'unavailable') void attempt(session);
  }

  function close(): void {
    if (session === undefined) return;
    clearTimeout(session.retry);
    release(session);
    session.encoder.stop();
    session = undefined;
    devices.removeEventListener('devicechange', onDeviceChange);
    enter({ at: 'closed' });
  }

  return {
    open: (settings) => {
      close();
      session = { settings, encoder: createEncoder(), stream: undefined, isTrying: false, retry: undefined };
      devices.addEventListener('devicechange', onDeviceChange);
      enter({ at: 'opening' });
      void attempt(session);
    },
    close,
    state: () => state,
    onState: (listener) => listeners.push(listener),
    frame: async (kind) => {
      if (session === undefined || state.at !== 'live') return undefined;
      const frame = grab(video);
      if (frame === undefined) return undefined;
      return session.encoder.encode({ frame, rotationDegrees: session.settings.rotationDegrees, ...encodings[kind] });
    },
  };
}

/** A camera that is held by another program may open all the same, and show nothing. */
const tooLate = () =>
  new Promise<never>((_, refuse) =>
    setTimeout(() => refuse(new DOMException('no picture came', 'AbortError')), firstPictureMs),
  );

/** The frame on show, by reference: nothing is converted or copied on the page's thread. */
function grab(video: HTMLVideoElement): VideoFrame | undefined {
  try {
    return new VideoFrame(video);
  } catch {
    // There is none yet, or none any more.
    return undefined;
  }
}
