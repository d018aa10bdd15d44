import { useTranslation } from 'react-i18next';
import { Button, Headline, icons, Paper, Shelf } from '../../ui/index.ts';
import styles from './Consent.module.css';
import type { ConsentProps } from './props.ts';

/** Before the camera opens. To refuse is as easy as to accept. */
export const Consent = ({ consent, mayBrowse, onAccept, onRefuse }: ConsentProps) => {
  const { t } = useTranslation();
  return (
    <Paper
      primary={
        <>
          <Button kind="choice" hint={t('kiosk.consent.acceptHint')} onPress={onAccept}>
            {t('kiosk.consent.accept')}
          </Button>
          <Button
            kind="choice"
            hint={t(mayBrowse ? 'kiosk.consent.refuseBrowse' : 'kiosk.consent.refuseBack')}
            onPress={onRefuse}
          >
            {t('kiosk.consent.refuse')}
          </Button>
        </>
      }
      secondary={<p className={styles['child']}>{consent.child}</p>}
    >
      <div className={styles['text']}>
        <Headline>{consent.title}</Headline>
        <div className={styles['shelf']}>
          <Shelf label={consent.title}>
            <ul className={styles['points']}>
              {consent.points.map((point) => (
                <Point key={point.text} {...point} />
              ))}
            </ul>
          </Shelf>
        </div>
      </div>
    </Paper>
  );
};

const signs = { compare: icons.CompareIcon, forget: icons.ForgetIcon, keep: icons.KeyIcon };

/** Of the built-in text with its sign; an event's own words are paragraphs. */
const Point = ({ sign, title, text }: ConsentProps['consent']['points'][number]) => {
  const Sign = sign && signs[sign];
  return (
    <li className={styles[Sign === undefined ? 'paragraph' : 'point']}>
      {Sign !== undefined && (
        <span className={styles['sign']}>
          <Sign />
        </span>
      )}
      <span>
        {title !== undefined && <strong className={styles['what']}>{title}</strong>}
        {text}
      </span>
    </li>
  );
};
