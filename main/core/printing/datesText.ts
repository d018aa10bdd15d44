import type { EventSettings } from '../../../preload/index.ts';

const locales = { fr: 'fr-FR', en: 'en-GB' };

/**
 * When an event is, as it stands on a sheet: « 12 juin 2026 », « 12–13 juin 2026 ».
 *
 * @param takenAt of the sheet's photo, local, 'YYYY-MM-DDTHH:MM:SS': for an event that has no days of its own
 */
export function datesText(
  { startsOn, endsOn, languages }: Pick<EventSettings, 'startsOn' | 'endsOn' | 'languages'>,
  takenAt: string,
): string {
  // Dates without a time: the same wherever they are read.
  const format = new Intl.DateTimeFormat(locales[languages.at(0) ?? 'fr'], { dateStyle: 'long', timeZone: 'UTC' });
  const day = (date: string) => new Date(`${date}T00:00:00Z`);
  const first = startsOn ?? endsOn ?? takenAt.slice(0, 10);
  return format.formatRange(day(first), day(endsOn === undefined || endsOn < first ? first : endsOn));
}
