import type { PhoneEvent } from '../../../preload/index.ts';
import { icons } from '../../ui/index.ts';
import type { SpokenLanguage } from '../language.ts';
import { useSpeech } from '../speech.ts';
import styles from './Header.module.css';
import { LanguageSwitch } from './LanguageSwitch.tsx';

interface HeaderProps {
  event: Pick<PhoneEvent, 'name' | 'logoUrl'> | undefined;
  spoken: SpokenLanguage;
  /** The way out of what lies over the page. */
  onBack: (() => void) | undefined;
}

/** Whose photos these are, and the language: always in the same corners. */
export const Header = ({ event, spoken, onBack }: HeaderProps) => {
  const { t } = useSpeech();
  return (
    <header className={styles['header']}>
      {onBack !== undefined && (
        <button type="button" className={styles['back']} aria-label={t('page.back')} onClick={onBack}>
          <icons.PreviousIcon />
        </button>
      )}
      <div className={styles['event']}>
        {event?.logoUrl === undefined ? (
          <span className={styles['name']}>{event?.name}</span>
        ) : (
          <img className={styles['logo']} src={event.logoUrl} alt={event.name} />
        )}
      </div>
      <LanguageSwitch spoken={spoken} />
    </header>
  );
};
