import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from './formats.ts';
import styles from './HourRail.module.css';

interface HourRailProps {
  hours: readonly { hour: string; photos: number }[];
  /** The one that is shown. */
  current: string | undefined;
  onHour: (hour: string) => void;
}

/** The event's hours to step through, as far as photos were taken in them. */
export const HourRail = ({ hours, current, onHour }: HourRailProps) => {
  const { t } = useTranslation();
  const { hour: timeOf, weekday } = useFormats();
  const rail = useRef<HTMLOListElement>(null);
  useEffect(() => {
    rail.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <ol ref={rail} className={styles['rail']} aria-label={t('kiosk.browse.hours')} tabIndex={0}>
      {hours.map(({ hour, photos }, index) => {
        const day = hour.slice(0, 10);
        return (
          <li key={hour}>
            <button
              type="button"
              className={styles['hour']}
              aria-current={hour === current ? 'true' : undefined}
              onClick={() => {
                onHour(hour);
              }}
            >
              <span className={styles['day']}>
                {index > 0 && hours[index - 1].hour.startsWith(day) ? '' : weekday(day)}
              </span>
              <span className={styles['time']}>{timeOf(hour)}</span>
              <span className={styles['photos']}>{t('kiosk.browse.hourPhotos', { count: photos })}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
};
