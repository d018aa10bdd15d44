import { useTranslation } from 'react-i18next';
import { Button, Headline, Lead, Paper, Shelf, useChrome } from '../../ui/index.ts';
import { fitting, makesOf, mostPhotos, nameOf, type Make } from '../templates/index.ts';
import { PickTile } from './PickTile.tsx';
import styles from './PrintChoose.module.css';
import type { PrintChooseProps } from './props.ts';
import { TemplateFigure } from './TemplateFigure.tsx';

/** So few are shown larger. */
const few = 4;

/** The photos to touch, and what so many of them make. */
export const PrintChoose = ({ photos, templates, chosen, onTouch, onContinue, onBack }: PrintChooseProps) => {
  const { t } = useTranslation();
  const most = mostPhotos(templates);
  const makes = makesOf(templates);
  return (
    <Paper
      words={
        <>
          <Headline>{t('kiosk.print.choose')}</Headline>
          <Lead>{t(most === 1 ? 'kiosk.print.chooseOne' : 'kiosk.print.chooseLead')}</Lead>
        </>
      }
      primary={most > 1 && <Continue templates={templates} chosen={chosen.length} onContinue={onContinue} />}
      secondary={
        <Button kind="plain" onPress={onBack}>
          {t('kiosk.print.back')}
        </Button>
      }
    >
      <div className={styles['choose']}>
        <div className={styles['photos']}>
          <Shelf label={t('kiosk.print.choose')}>
            <ul className={styles['grid']} data-few={photos.length <= few || undefined}>
              {photos.map((photo) => {
                const index = chosen.indexOf(photo.id);
                const isFull = most > 1 && chosen.length >= most;
                return (
                  <li key={photo.id}>
                    <PickTile
                      photo={photo}
                      place={index < 0 ? undefined : index + 1}
                      isDisabled={isFull && index < 0}
                      onTouch={onTouch}
                    />
                  </li>
                );
              })}
            </ul>
          </Shelf>
        </div>
        {most > 1 && (
          <ul className={styles['makes']} aria-label={t('kiosk.print.makes')} tabIndex={0}>
            {makes.map((make) => (
              <MakeSign key={make.photos} make={make} isMet={make.photos === chosen.length} />
            ))}
          </ul>
        )}
      </div>
    </Paper>
  );
};

const MakeSign = ({ make: { photos, templates }, isMet }: { make: Make; isMet: boolean }) => {
  const { t } = useTranslation();
  const { language } = useChrome();
  const first = templates.at(0);
  return (
    <li className={styles['make']} data-met={isMet || undefined}>
      {first !== undefined && <TemplateFigure template={{ ...first, hasLink: false }} photos={[]} />}
      <span className={styles['what']}>
        <strong className={styles['count']}>{t('kiosk.print.photos', { count: photos })}</strong>
        <span className={styles['names']}>{templates.map((template) => nameOf(template, language)).join(', ')}</span>
      </span>
    </li>
  );
};

interface ContinueProps {
  templates: PrintChooseProps['templates'];
  chosen: number;
  onContinue: () => void;
}

/** Says what is missing until something fits. */
const Continue = ({ templates, chosen, onContinue }: ContinueProps) => {
  const { t } = useTranslation();
  const next = makesOf(templates).find(({ photos }) => photos > chosen);
  const isFit = fitting(templates, chosen).length > 0;
  const missing = (next?.photos ?? chosen) - chosen;
  return (
    <Button kind="primary" isDisabled={!isFit} onPress={onContinue}>
      {isFit
        ? t('kiosk.print.continue', { count: chosen })
        : chosen === 0
          ? t('kiosk.print.chooseNone')
          : t('kiosk.print.missing', { count: missing })}
    </Button>
  );
};
