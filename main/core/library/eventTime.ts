import type { Capture } from '../store/index.ts';

/** How a watched folder's camera keeps time, and where the event is. */
export interface CameraClock {
  /** Of the event; IANA. */
  timeZone: string;
  /** What has to be added to the camera's clock, seconds. */
  correctionSeconds: number;
}

// Of the languages, Swedish writes times as ISO 8601 does.
const isoLike = 'sv-SE';

/**
 * When a photo was taken, as a clock on the wall at the event showed it. A camera that says how far it is ahead of UTC is brought to the event's
 * time zone; one that does not is taken to be set to it. The correction is for clocks that are wrong.
 *
 * @returns 'YYYY-MM-DDTHH:MM:SS'; undefined where the camera says no time
 */
export function eventTimeOf(
  { at, utcOffsetMinutes }: Pick<Capture, 'at' | 'utcOffsetMinutes'>,
  { timeZone, correctionSeconds }: CameraClock,
): string | undefined {
  if (at === undefined) return undefined;
  const figuresMs = Date.parse(`${at}Z`) + correctionSeconds * 1000;
  if (utcOffsetMinutes === undefined) return new Date(figuresMs).toISOString().slice(0, 19);
  return localTimeOf(new Date(figuresMs - utcOffsetMinutes * 60_000), timeZone);
}

/** 'YYYY-MM-DDTHH:MM:SS' in a time zone. */
export const localTimeOf = (moment: Date, timeZone: string): string =>
  new Intl.DateTimeFormat(isoLike, { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    .format(moment)
    .replace(' ', 'T');
