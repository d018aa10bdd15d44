import exifr from 'exifr';
import { withoutMetadata } from './withoutMetadata.ts';

/**
 * The same picture, pixel for pixel and the same way up, and nothing of what the file tells beside it.
 *
 * @returns undefined for what is not a JPEG that is whole
 */
export async function bareJpeg(file: Buffer): Promise<Buffer | undefined> {
  const orientation = await exifr.orientation(file).catch(() => undefined);
  return withoutMetadata(file, orientation ?? 1);
}
