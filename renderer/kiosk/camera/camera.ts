import type { Kiosk } from '../../../preload/index.ts';
import type { CameraFault } from '../screens/props.ts';

export type CameraSettings = Kiosk['camera'];

export type CameraState =
  | { at: 'closed' }
  | { at: 'opening' }
  /** `aspect`: width divided by height of the upright picture. */
  | { at: 'live'; aspect: number }
  /** It is tried again by itself until it is closed. */
  | { at: 'unavailable'; fault: CameraFault };

/** `guide` is small and quick to check; `selfie` is what is searched with; `still` is for the guest to look at. */
export type FrameKind = 'guide' | 'selfie' | 'still';

export interface Camera {
  open(settings: CameraSettings): void;
  /** Lets go of the device and of every picture. */
  close(): void;
  state(): CameraState;
  onState(listener: (state: CameraState) => void): void;
  /**
   * The picture of this moment: it is taken before the call returns, and encoded afterwards.
   * @returns JPEG, upright, and not mirrored except for a still; undefined while there is no picture
   */
  frame(kind: FrameKind): Promise<Uint8Array<ArrayBuffer> | undefined>;
}
