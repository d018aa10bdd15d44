import { useTranslation } from 'react-i18next';

export interface Times {
  /** ISO 8601 as a time of day. */
  time: (iso: string) => string;
  /** The same with its day. */
  full: (iso: string) => string;
  /** 'YYYY-MM-DD' */
  day: (date: string) => string;
  /** Bytes, in what people count disks in. */
  bytes: (count: number) => string;
  count: (count: number) => string;
  /** 0 to 100, as a whole number of them. */
  percent: (count: number) => string;
  /** Seconds, roughly. */
  span: (seconds: number) => string;
}

/** Figures and times in the window's language, on this machine's clock. */
export function useTimes(): Times {
  const { i18n } = useTranslation();
  const locale = i18n.language === 'fr' ? 'fr-FR' : 'en-GB';
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(locale);
  const unit = (count: number, name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits: count < 10 ? 1 : 0 }).format(
      count,
    );
  return {
    time: (iso) => time.format(new Date(iso)),
    full: (iso) => full.format(new Date(iso)),
    day: (date) => day.format(new Date(`${date}T00:00:00Z`)),
    bytes: (count) => {
      if (count >= 1e9) return unit(count / 1e9, 'gigabyte');
      return count >= 1e6 ? unit(count / 1e6, 'megabyte') : unit(Math.ceil(count / 1e3), 'kilobyte');
    },
    count: (count) => number.format(count),
    percent: (count) => share.format(count / 100),
    span: (seconds) => {
      if (seconds < 90) return unit(Math.round(seconds), 'second');
      const minutes = Math.round(seconds / 60);
      if (minutes < 90) return unit(minutes, 'minute');
      const hours = Math.floor(minutes / 60);
      // Of a few hours the minutes still matter, by tens.
      const tens = Math.floor((minutes % 60) / 10) * 10;
      return hours >= 10 || tens === 0
        ? unit(Math.round(minutes / 60), 'hour')
        : `${unit(hours, 'hour')} ${unit(tens, 'minute')}`;
    },
  };
}
