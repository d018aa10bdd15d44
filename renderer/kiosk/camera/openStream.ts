/**
 * Opens the wanted camera.
 *
 * @param label a part of its name; any camera where none is wanted or none is called so
 * @throws what getUserMedia throws
 */
export async function openStream(devices: MediaDevices, label: string | undefined): Promise<MediaStream> {
  const known = await deviceIdOf(devices, label);
  const stream = await devices.getUserMedia(constraintsOf(known));
  // A page may learn the names only once it was granted a camera.
  const wanted = known ?? (await deviceIdOf(devices, label));
  if (wanted === undefined || wanted === stream.getVideoTracks()[0]?.getSettings().deviceId) return stream;
  stopStream(stream);
  return devices.getUserMedia(constraintsOf(wanted));
}

export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

const constraintsOf = (deviceId: string | undefined): MediaStreamConstraints => ({
  audio: false,
  video: {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
    ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
  },
});

async function deviceIdOf(devices: MediaDevices, label: string | undefined): Promise<string | undefined> {
  if (label === undefined) return undefined;
  const found = (await devices.enumerateDevices()).find(
    (device) => device.kind === 'videoinput' && device.label.toLowerCase().includes(label.toLowerCase()),
  );
  return found?.deviceId;
}
