import type { CameraSettings } from './camera.ts';

export interface Size {
  width: number;
  height: number;
}

/** What a picture of the given size measures once it has been turned, pixels. */
export const uprightSize = ({ width, height }: Size, rotationDegrees: CameraSettings['rotationDegrees']): Size =>
  rotationDegrees % 180 === 0 ? { width, height } : { width: height, height: width };

/** The same shape with its longer side no longer than the given one, pixels; never larger than it was. */
export function fitWithin({ width, height }: Size, longSidePx: number): Size {
  const scale = Math.min(1, longSidePx / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
