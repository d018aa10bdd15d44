// Of the languages, Swedish writes dates as ISO 8601 does.
const isoLike = 'sv-SE';

/** 'YYYY-MM-DD', so many days after the day that it is in a time zone. */
export function localDate(timeZone: string, daysAhead: number, now = new Date()): string {
  const today = new Intl.DateTimeFormat(isoLike, { timeZone, dateStyle: 'short' }).format(now);
  return addDays(today, daysAhead);
}

/** 'YYYY-MM-DD' so many days after another. */
export function addDays(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** When the day began that it is in a time zone; on a day with a change of the clocks, an hour off at most. */
export function localMidnight(timeZone: string, now = new Date()): Date {
  const [hour, minute, second] = new Intl.DateTimeFormat(isoLike, { timeZone, timeStyle: 'medium' })
    .format(now)
    .split(':')
    .map(Number);
  return new Date(Math.floor(now.getTime() / 1000) * 1000 - ((hour * 60 + minute) * 60 + second) * 1000);
}

/** The moment until which something lasts that is gone at the end of a day, 'YYYY-MM-DD'. */
export const endOfDay = (timeZone: string, date: string): Date =>
  localMidnight(timeZone, new Date(`${addDays(date, 1)}T12:00:00Z`));
