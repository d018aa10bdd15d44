import type { CameraSettings } from './camera.ts';

/** Page to worker. The frame is the worker's from then on. */
export interface FrameJob {
  id: number;
  frame: VideoFrame;
  rotationDegrees: CameraSettings['rotationDegrees'];
  longSidePx: number;
  isMirrored: boolean;
  /** JPEG, 0..1 */
  quality: number;
}

/** Worker to page; no bytes: the frame could not be encoded. */
export interface FrameDone {
  id: number;
  bytes: ArrayBuffer | undefined;
}
