import exifr from 'exifr';

// What sharp hands out begins with the marker of the JPEG segment; the TIFF structure itself comes after it.
const marker = Buffer.from('Exif\0\0', 'latin1');

/**
 * When the camera says the picture was taken.
 *
 * @param exif the bytes that sharp found
 * @returns the camera's own local time, 'YYYY-MM-DDTHH:MM:SS' (EXIF 2.32 writes 'YYYY:MM:DD HH:MM:SS'); undefined where it says none or nonsense
 */
export async function captureTimeOf(exif: Buffer | undefined): Promise<string | undefined> {
  if (exif === undefined) return undefined;
  // A copy: sharp's WebAssembly build frees these bytes with the object that it handed out, and exifr keeps only views of them.
  const own = Buffer.from(exif);
  const tiff = own.subarray(0, marker.length).equals(marker) ? own.subarray(marker.length) : own;
  // EXIF that cannot be read says nothing about the picture, which may be well.
  const tags: unknown = await exifr
    .parse(tiff, { pick: ['DateTimeOriginal', 'CreateDate'], reviveValues: false })
    .catch(() => undefined);
  if (typeof tags !== 'object' || tags === null) return undefined;
  const { DateTimeOriginal, CreateDate } = tags as Record<string, unknown>;
  return localTimeOf(DateTimeOriginal) ?? localTimeOf(CreateDate);
}

const exifTime = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/;

function localTimeOf(written: unknown): string | undefined {
  const parts = typeof written === 'string' ? exifTime.exec(written) : null;
  if (parts === null) return undefined;
  const [, year, month, day, time] = parts;
  const local = `${year}-${month}-${day}T${time}`;
  // A camera whose clock was never set writes zeros, and a damaged one the 31st of February.
  const date = new Date(`${local}Z`);
  return Number.isNaN(date.getTime()) || !date.toISOString().startsWith(local) ? undefined : local;
}
