import { Print } from '../../ui/index.ts';
import { Scene, scenes } from './Scene.tsx';
import styles from './Tray.module.css';
import { useTurn } from './useTurn.ts';

const everyMs = 5000;
const places = 3;

interface TrayProps {
  urls: readonly string[];
  /** The prints lie higher: something else lies at the near rim. */
  isHigh: boolean;
}

/** Prints in the developer; every so often a new one comes up in the place of the oldest. Drawn ones where there are no pictures. */
export const Tray = ({ urls, isHigh }: TrayProps) => {
  const pictures = urls.length > 0 ? urls.length : scenes;
  const prints = Math.min(places, pictures);
  const turn = useTurn(prints - 1, everyMs, pictures > prints);
  return (
    <div className={styles['tray']} data-high={isHigh || undefined} aria-hidden="true">
      <div className={styles['bath']}>
        {Array.from({ length: prints }, (_, place) => {
          const shown = turn - ((turn - place) % prints);
          const url = urls.at(shown % pictures);
          return (
            <div key={place} className={styles['place']} data-place={place}>
              <Print key={shown} state="comes-up">
                {url === undefined ? <Scene index={shown} /> : <img src={url} alt="" decoding="async" />}
              </Print>
            </div>
          );
        })}
      </div>
    </div>
  );
};
