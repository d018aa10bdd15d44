import type { FaultCode } from '../../../preload/index.ts';

/** A camera's picture while it is being chosen. */
export interface Preview {
  stream: MediaStream | undefined;
  /** Names of all there are. */
  cameras: readonly string[];
  fault: FaultCode | undefined;
  close(): void;
}

/** @param label the wanted camera's name; the system's first where there is none */
export async function openPreview(devices: MediaDevices, label: string | undefined): Promise<Preview> {
  try {
    // Their names are told only to who has been granted one.
    let stream = await devices.getUserMedia({ audio: false, video: true });
    const cameras = (await devices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
    const wanted = cameras.find((camera) => camera.label === label);
    if (wanted !== undefined && stream.getVideoTracks()[0]?.getSettings().deviceId !== wanted.deviceId) {
      stop(stream);
      stream = await devices.getUserMedia({ audio: false, video: { deviceId: { exact: wanted.deviceId } } });
    }
    const opened = stream;
    return { stream, cameras: cameras.map((camera) => camera.label), fault: undefined, close: () => stop(opened) };
  } catch (error) {
    return { stream: undefined, cameras: [], fault: faultOf(error), close: () => undefined };
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** What getUserMedia throws (W3C, Media Capture and Streams, section 10.2). */
function faultOf(error: unknown): FaultCode {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'camera.denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'camera.busy' : 'camera.missing';
}
