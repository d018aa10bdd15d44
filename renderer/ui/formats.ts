import type { Language } from '../../preload/index.ts';
import { useChrome } from './chromeContext.ts';

export interface Formats {
  /** 'YYYY-MM-DDTHH:MM:SS' as a guest would say it: the day of the week and the time. */
  moment: (takenAt: string) => string;
  /** 'YYYY-MM-DDTHH' as a time of day. */
  hour: (hour: string) => string;
  /** 'YYYY-MM-DDTHH' or 'YYYY-MM-DD' as a day of the week. */
  weekday: (day: string) => string;
  /** 'YYYY-MM-DD' in full. */
  day: (day: string) => string;
}

/** Times are those of the event's place: they are read and shown as UTC, so that no clock's zone shifts them. */
const instant = (local: string): Date => {
  const [day = '', time = '00'] = local.split('T');
  const [hours = '00', minutes = '00'] = time.split(':');
  return new Date(`${day}T${hours}:${minutes}:00Z`);
};

const formatsIn = (language: Language): Formats => {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  const format = (options: Intl.DateTimeFormatOptions): ((local: string) => string) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    return (local) => formatter.format(instant(local));
  };
  return {
    moment: format({ weekday: 'long', hour: 'numeric', minute: '2-digit' }),
    hour: format({ hour: 'numeric', ...(language === 'en' && { minute: '2-digit' }) }),
    weekday: format({ weekday: 'long' }),
    day: format({ weekday: 'long', day: 'numeric', month: 'long' }),
  };
};

// Once for all: a formatter takes longer to make than a photo's tile.
const formats: Record<Language, Formats> = { fr: formatsIn('fr'), en: formatsIn('en') };

/** Dates and times in the guest's language. */
export const useFormats = (): Formats => formats[useChrome().language];
