import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCamera, type CameraState } from '../../renderer/kiosk/camera/index.ts';
import { fitWithin, uprightSize } from '../../renderer/kiosk/camera/uprightSize.ts';

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

interface Device {
  deviceId: string;
  label: string;
}

class Track extends EventTarget {
  isStopped = false;
  readonly device: Device;
  constructor(device: Device) {
    super();
    this.device = device;
  }
  stop(): void {
    this.isStopped = true;
  }
  getSettings(): { deviceId: string } {
    return { deviceId: this.device.deviceId };
  }
}

/** A machine's cameras. `refusal`: what getUserMedia is rejected with. */
class Devices extends EventTarget {
  cameras: Device[] = [];
  refusal: string | undefined;
  areNamesTold = true;
  readonly tracks: Track[] = [];

  getUserMedia({ video }: { video: { deviceId?: { exact: string } } }): Promise<unknown> {
    const wanted = video.deviceId?.exact;
    const device = this.cameras.find(({ deviceId }) => wanted === undefined || deviceId === wanted);
    const refusal = this.refusal ?? (device === undefined ? 'NotFoundError' : undefined);
    if (refusal !== undefined || device === undefined) return Promise.reject(new DOMException('', refusal));
    const track = new Track(device);
    this.tracks.push(track);
    this.areNamesTold = true;
    return Promise.resolve({ getTracks: () => [track], getVideoTracks: () => [track] });
  }

  enumerateDevices(): Promise<unknown> {
    return Promise.resolve(
      this.cameras.map(({ deviceId, label }) => ({
        kind: 'videoinput',
        deviceId: this.areNamesTold ? deviceId : '',
        label: this.areNamesTold ? label : '',
      })),
    );
  }
}

const builtIn = { deviceId: 'a', label: 'Integrated Webcam' };
const wanted = { deviceId: 'b', label: 'EOS Webcam Utility' };

function setUp({ label, rotationDegrees = 0 }: { label?: string; rotationDegrees?: 0 | 90 | 180 | 270 } = {}) {
  const devices = new Devices();
  const video = { srcObject: null, videoWidth: 1280, videoHeight: 720, play: () => Promise.resolve() };
  const jobs: { rotationDegrees: number }[] = [];
  let encoders = 0;
  const camera = createCamera({
    devices: devices as unknown as MediaDevices,
    video: video as unknown as HTMLVideoElement,
    createEncoder: () => {
      encoders += 1;
      return {
        encode: (job) => {
          jobs.push(job);
          return Promise.resolve(new Uint8Array([1]));
        },
        stop: () => (encoders -= 1),
      };
    },
  });
  const states: CameraState[] = [];
  camera.onState((state) => states.push(state));
  const settings = label === undefined ? { rotationDegrees } : { rotationDegrees, label };
  const open = () => camera.open(settings);
  const live = () => devices.tracks.filter(({ isStopped }) => !isStopped).map(({ device }) => device.label);
  return { devices, video, camera, states, jobs, open, live, encoders: () => encoders };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    'VideoFrame',
    class {
      readonly source: unknown;
      constructor(source: unknown) {
        this.source = source;
      }
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the camera', () => {
  it('opens, is live, and lets go of everything when it is closed', async () => {
    const { devices, video, camera, states, open, live, encoders } = setUp();
    devices.cameras = [builtIn];
    open();
    await pass(10);
    expect(states).toEqual([{ at: 'opening' }, { at: 'live', aspect: 1280 / 720 }]);
    expect(await camera.frame('guide')).toEqual(new Uint8Array([1]));
    camera.close();
    expect(live()).toEqual([]);
    expect(video.srcObject).toBeNull();
    expect(encoders()).toBe(0);
    expect(await camera.frame('guide')).toBeUndefined();
  });

  it('that was closed while it opened is let go of', async () => {
    const { devices, camera, open, live } = setUp();
    devices.cameras = [builtIn];
    open();
    camera.close();
    await pass(10);
    expect(devices.tracks).toHaveLength(1);
    expect(live()).toEqual([]);
    expect(camera.state()).toEqual({ at: 'closed' });
  });

  it.each([true, false])('is the wanted one (names told beforehand: %s)', async (areNamesTold) => {
    const { devices, open, live } = setUp({ label: 'eos' });
    devices.cameras = [builtIn, wanted];
    devices.areNamesTold = areNamesTold;
    open();
    await pass(10);
    expect(live()).toEqual([wanted.label]);
  });

  it('is any other where the wanted one is not there', async () => {
    const { devices, open, live } = setUp({ label: 'eos' });
    devices.cameras = [builtIn];
    open();
    await pass(10);
    expect(live()).toEqual([builtIn.label]);
  });

  it.each([
    ['NotFoundError', 'camera.missing'],
    ['OverconstrainedError', 'camera.missing'],
    ['NotReadableError', 'camera.busy'],
    ['AbortError', 'camera.busy'],
    ['NotAllowedError', 'camera.denied'],
    ['SecurityError', 'camera.denied'],
  ])('says of a %s that it is %s, and tries again', async (refusal, fault) => {
    const { devices, camera, open } = setUp();
    devices.cameras = [builtIn];
    devices.refusal = refusal;
    open();
    await pass(10);
    expect(camera.state()).toEqual({ at: 'unavailable', fault });
    devices.refusal = undefined;
    await pass(2_000);
    expect(camera.state().at).toBe('live');
  });

  it('that is unplugged stays lost until it is back, and is back at once', async () => {
    const { devices, camera, open } = setUp();
    devices.cameras = [builtIn];
    open();
    await pass(10);
    devices.cameras = [];
    devices.tracks.at(0)?.dispatchEvent(new Event('ended'));
    expect(camera.state()).toEqual({ at: 'unavailable', fault: 'camera.lost' });
    await pass(5_000);
    expect(camera.state()).toEqual({ at: 'unavailable', fault: 'camera.lost' });
    devices.cameras = [builtIn];
    devices.dispatchEvent(new Event('devicechange'));
    await pass(10);
    expect(camera.state().at).toBe('live');
  });

  it('that is unplugged before its first picture is lost, and not busy', async () => {
    const { devices, video, camera, open, live } = setUp();
    devices.cameras = [builtIn];
    // Chromium's word for a video whose source was taken away.
    video.play = () => new Promise((_, refuse) => setTimeout(() => refuse(new DOMException('', 'AbortError')), 50));
    open();
    await pass(10);
    devices.tracks.at(0)?.dispatchEvent(new Event('ended'));
    await pass(100);
    expect(camera.state()).toEqual({ at: 'unavailable', fault: 'camera.lost' });
    video.play = () => Promise.resolve();
    await pass(2_000);
    expect(camera.state().at).toBe('live');
    expect(live()).toHaveLength(1);
  });

  it('that opens and shows nothing is busy', async () => {
    const { devices, video, camera, open, live } = setUp();
    devices.cameras = [builtIn];
    video.play = () => new Promise(() => undefined);
    open();
    await pass(9_000);
    expect(camera.state()).toEqual({ at: 'unavailable', fault: 'camera.busy' });
    expect(live()).toEqual([]);
  });

  it('is not tried again once it is closed', async () => {
    const { devices, camera, open, states } = setUp();
    open();
    await pass(10);
    camera.close();
    const before = states.length;
    devices.cameras = [builtIn];
    devices.dispatchEvent(new Event('devicechange'));
    await pass(10_000);
    expect(states).toHaveLength(before);
  });

  it('that hangs on its side is upright', async () => {
    const { devices, camera, open, jobs } = setUp({ rotationDegrees: 90 });
    devices.cameras = [builtIn];
    open();
    await pass(10);
    expect(camera.state()).toEqual({ at: 'live', aspect: 720 / 1280 });
    await camera.frame('selfie');
    expect(jobs).toMatchObject([{ rotationDegrees: 90, longSidePx: 1280 }]);
  });
});

describe('sizes', () => {
  it('are never enlarged, and keep their shape', () => {
    expect(fitWithin({ width: 1280, height: 720 }, 640)).toEqual({ width: 640, height: 360 });
    expect(fitWithin({ width: 720, height: 1280 }, 640)).toEqual({ width: 360, height: 640 });
    expect(fitWithin({ width: 320, height: 240 }, 640)).toEqual({ width: 320, height: 240 });
  });

  it('swap their sides for a camera that hangs on its side', () => {
    expect(uprightSize({ width: 640, height: 360 }, 270)).toEqual({ width: 360, height: 640 });
    expect(uprightSize({ width: 640, height: 360 }, 180)).toEqual({ width: 640, height: 360 });
  });
});
