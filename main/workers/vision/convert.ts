import { fail, ok, type Result } from '../../../preload/index.ts';
import { decode } from './decode.ts';
import { sharp } from './sharp.ts';

// As large as a display of the kiosk shows it from edge to edge.
const longSidePx = 2048;
// What decoding it small is enough for: to learn whether it can be decoded.
const trialSidePx = 64;

/**
 * Writes a picture of the event's own, a logo say, as the windows show it: upright, in sRGB, without the original's metadata.
 *
 * @param target ends in `.png`, which keeps what is transparent, or in `.jpg`
 * @returns photo.* for a picture that cannot be decoded
 */
export async function convert(path: string, maxPixels: number, target: string): Promise<Result<Record<string, never>>> {
  const decoded = await decode({ path }, trialSidePx, maxPixels);
  if (!decoded.ok) return decoded;
  decoded.value.close();
  try {
    const picture = sharp(path, { limitInputPixels: maxPixels })
      .autoOrient()
      .resize({ width: longSidePx, height: longSidePx, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb');
    await (
      target.endsWith('.png') ? picture.png() : picture.flatten({ background: '#ffffff' }).jpeg({ quality: 88 })
    ).toFile(target);
    return ok({});
  } catch (error) {
    return fail('photo.failed', error instanceof Error ? error.message : String(error));
  }
}
