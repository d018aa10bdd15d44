import { useTranslation } from 'react-i18next';
import { icons } from '../../ui/index.ts';
import styles from './FaceTargets.module.css';
import type { SeenFace } from './props.ts';

interface FaceTargetsProps {
  faces: readonly SeenFace[];
  /** Without it the rings only show who is meant. */
  onTouch?: (index: number) => void;
}

/** A ring on each face, over a picture that is mirrored and uncut at its edges. */
export const FaceTargets = ({ faces, onTouch }: FaceTargetsProps) => {
  const { t } = useTranslation();
  return faces.map(({ box, isSubject }, index) => {
    const place = {
      left: percent(1 - box.x - box.width / 2),
      top: percent(box.y + box.height / 2),
      width: percent(box.width * roomAround),
      height: percent(box.height * roomAround),
    };
    if (onTouch === undefined) {
      return isSubject && <span key={index} className={styles['face']} data-chosen style={place} aria-hidden="true" />;
    }
    return (
      <button
        key={index}
        type="button"
        className={styles['face']}
        data-chosen={isSubject || undefined}
        style={place}
        aria-pressed={isSubject}
        aria-label={t('kiosk.camera.face', { number: index + 1 })}
        onClick={() => {
          onTouch(index);
        }}
      >
        <span className={styles['mark']}>
          <icons.CheckIcon />
        </span>
      </button>
    );
  });
};

/** A face's box ends at the forehead and the ears. */
const roomAround = 1.35;

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
