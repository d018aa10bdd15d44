import exifr from 'exifr';
import type { Capture } from '../index.ts';

export interface Exif {
  capture: Capture;
  /** How the picture has to be turned to stand upright, 1 to 8, as EXIF numbers it. */
  orientation: number | undefined;
}

// By their numbers (EXIF 2.32): a CR3 keeps those of the shot where exifr looks for others, and would not name them.
const tags = {
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  original: 0x9003,
  digitised: 0x9004,
  offset: 0x9010,
  offsetOriginal: 0x9011,
  subSecond: 0x9291,
  serial: 0xa431,
  lens: 0xa434,
} as const;

const nothing: Exif = { capture: {}, orientation: undefined };

// What sharp hands out begins with the marker of the JPEG segment; the TIFF structure itself comes after it.
const marker = Buffer.from('Exif\0\0', 'latin1');

/**
 * Reads what the camera says of a picture; what it says nonsense about is left out.
 *
 * @param exif the bytes of the EXIF block, or of a whole file that is one (TIFF and what is built like it)
 */
export async function exifOf(exif: Buffer | undefined): Promise<Exif> {
  if (exif === undefined) return nothing;
  // A copy: sharp's WebAssembly build frees these bytes with the object that it handed out, and exifr keeps only views of them.
  const own = Buffer.from(exif);
  const tiff = own.subarray(0, marker.length).equals(marker) ? own.subarray(marker.length) : own;
  // EXIF that cannot be read says nothing about the picture, which may be well.
  const found: unknown = await exifr
    .parse(tiff, { translateKeys: false, translateValues: false, reviveValues: false })
    .catch(() => undefined);
  if (typeof found !== 'object' || found === null) return nothing;
  const value = (tag: number): unknown => (found as Record<number, unknown>)[tag];
  const model = wordsOf(value(tags.model));
  const make = wordsOf(value(tags.make));
  const at = localTimeOf(value(tags.original)) ?? localTimeOf(value(tags.digitised));
  const capture = defined({
    at,
    subSecondMs: at === undefined ? undefined : millisecondsOf(value(tags.subSecond)),
    utcOffsetMinutes: offsetOf(value(tags.offsetOriginal)) ?? offsetOf(value(tags.offset)),
    // Most makers put their name before the model's as well.
    camera: model?.toLowerCase().startsWith(make?.toLowerCase() ?? '') === false ? `${make ?? ''} ${model}` : model,
    serial: wordsOf(value(tags.serial)),
    lens: wordsOf(value(tags.lens)),
  });
  return { capture, orientation: orientationOf(value(tags.orientation)) };
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

/** The digits behind a decimal point: '5' is half a second. */
function millisecondsOf(written: unknown): number | undefined {
  const digits = typeof written === 'string' ? /^\d{1,9}/.exec(written.trim())?.[0] : undefined;
  return digits === undefined ? undefined : Number(digits.padEnd(3, '0').slice(0, 3));
}

// The earth's time zones reach from twelve hours behind UTC to fourteen ahead.
const offsetShape = /^([+-])(0\d|1[0-4]):([0-5]\d)$/;

function offsetOf(written: unknown): number | undefined {
  const parts = typeof written === 'string' ? offsetShape.exec(written.trim()) : null;
  return parts === null ? undefined : (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3])) || 0;
}

const longestWords = 120;

function wordsOf(written: unknown): string | undefined {
  if (typeof written !== 'string') return undefined;
  // Fields of a fixed length are filled up with NULs or blanks.
  // eslint-disable-next-line no-control-regex
  const words = written.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  return words === '' ? undefined : words.slice(0, longestWords);
}

const orientationOf = (written: unknown): number | undefined =>
  typeof written === 'number' && Number.isInteger(written) && written >= 1 && written <= 8 ? written : undefined;

/** Without the members that are not there. */
function defined(values: Capture): Capture {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
