// The camera: its states, its recovery, and frames as JPEG bytes that are made off the page's own thread.
export { createCamera } from './createCamera.ts';
export { createCameraVideo } from './createCameraVideo.ts';
export { createFrameEncoder } from './frameEncoder.ts';
export type { Camera, CameraSettings, CameraState, FrameKind } from './camera.ts';
