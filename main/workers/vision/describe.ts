import { env } from 'onnxruntime-node';
import { sharp, sharpBuild } from './sharp.ts';

/** Which libraries this worker runs on. */
export const describe = () => ({
  sharpBuild,
  sharp: sharp.versions.sharp,
  libvips: sharp.versions.vips,
  onnxruntime: env.versions.common,
});
