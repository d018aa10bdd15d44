import { useTranslation } from 'react-i18next';
import { EraseIcon } from './icons.tsx';
import styles from './Keypad.module.css';

/** Crockford's base 32: no I, L, O or U, which are mistaken for others. */
const characters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('');

interface KeypadProps {
  onCharacter: (character: string) => void;
  onErase: () => void;
}

export const Keypad = ({ onCharacter, onErase }: KeypadProps) => {
  const { t } = useTranslation();
  return (
    <div className={styles['keypad']} role="group" aria-label={t('kiosk.code.keys')}>
      {characters.map((character) => (
        <button
          key={character}
          type="button"
          className={styles['key']}
          onClick={() => {
            onCharacter(character);
          }}
        >
          {character}
        </button>
      ))}
      <button type="button" className={styles['erase']} aria-label={t('kiosk.code.erase')} onClick={onErase}>
        <EraseIcon />
      </button>
    </div>
  );
};
