import type { CameraFault } from '../screens/props.ts';

/**
 * What kept a camera from opening.
 *
 * @param reason what getUserMedia was rejected with, see https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia
 */
export function cameraFaultOf(reason: unknown): CameraFault {
  switch (reason instanceof Error ? reason.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'camera.denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'camera.busy';
    default:
      return 'camera.missing';
  }
}
