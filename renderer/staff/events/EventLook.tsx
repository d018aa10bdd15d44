import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { brandingUrl, type EventSettings } from '../../../preload/index.ts';
import { DenseButton, Field, Panel, Say } from '../../dense/index.ts';
import { themeOf } from '../../ui/index.ts';
import type { StaffLine } from '../desk.ts';
import { FolderBrowser } from '../folders/index.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import styles from './events.module.css';

const mostPictures = 12;
const colour = /^#[0-9a-f]{6}$/i;

/** The event's colour and pictures, as guests will see them. */
export function EventLook({
  line,
  settings,
  onChange,
}: {
  line: StaffLine;
  settings: EventSettings;
  onChange: (changes: Partial<EventSettings>) => void;
}) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [browsing, setBrowsing] = useState<'logo' | 'attract'>();
  const { accent, logo, attractPictures } = settings;
  const theme = themeOf(colour.test(accent) ? accent : '#F2573D', false);

  function add(file: string): void {
    const wanted = browsing;
    setBrowsing(undefined);
    doing.run('events:add-picture', { file }, ({ picture }) => {
      if (wanted === 'logo') onChange({ logo: picture });
      else onChange({ attractPictures: [...new Set([...attractPictures, picture])] });
    });
  }

  return (
    <Panel title={t('events.look')}>
      <Field label={t('events.accent')} hint={t('events.accentHint')}>
        {(ids) => (
          <input {...ids} type="color" value={accent} onChange={({ target }) => onChange({ accent: target.value })} />
        )}
      </Field>
      <p className={styles['sample']} style={{ background: theme.accent, color: theme.accentInk }}>
        {t('events.sample')}
      </p>
      {doing.fault !== undefined && <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>}
      <h3>{t('events.logo')}</h3>
      {logo !== undefined && <img className={styles['logo']} src={brandingUrl(logo)} alt={t('events.logo')} />}
      <div className={styles['row']}>
        <DenseButton isDisabled={doing.isBusy} onPress={() => setBrowsing('logo')}>
          {t('events.choosePicture')}
        </DenseButton>
        {logo !== undefined && (
          <DenseButton kind="plain" onPress={() => onChange({ logo: undefined })}>
            {t('remove')}
          </DenseButton>
        )}
      </div>
      <h3>{t('events.attract')}</h3>
      <ul className={styles['pictures']}>
        {attractPictures.map((picture, i) => (
          <li key={picture}>
            <img src={brandingUrl(picture)} alt={t('events.attractPicture', { number: i + 1 })} />
            <DenseButton
              kind="plain"
              onPress={() => onChange({ attractPictures: attractPictures.filter((one) => one !== picture) })}
            >
              {t('remove')}
            </DenseButton>
          </li>
        ))}
      </ul>
      <DenseButton
        isDisabled={doing.isBusy || attractPictures.length >= mostPictures}
        onPress={() => setBrowsing('attract')}
      >
        {t('events.choosePicture')}
      </DenseButton>
      {browsing !== undefined && (
        <FolderBrowser
          line={line}
          title={t('events.choosePicture')}
          wants="picture"
          onChoose={add}
          onClose={() => setBrowsing(undefined)}
        />
      )}
    </Panel>
  );
}
