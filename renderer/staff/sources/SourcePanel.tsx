import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../preload/index.ts';
import { Actions, DenseButton, Detail, Field, Panel, Say, State, Switch, type DenseState } from '../../dense/index.ts';
import { useFaultText } from '../useFaultText.ts';
import { useTimes } from '../useTimes.ts';
import { Cards } from '../views/Cards.tsx';

const states: Readonly<Record<Source['state'], DenseState>> = {
  off: 'idle',
  looking: 'idle',
  watching: 'good',
  paused: 'warning',
  missing: 'bad',
  unreadable: 'bad',
};

/** One folder: whose it is, how it gets on, and how wrong the clock of the camera behind it is. */
export function SourcePanel({
  source,
  onSet,
  onSetClock,
  onRemove,
}: {
  source: Source;
  onSet: (changes: Partial<Source>) => void;
  onSetClock: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const times = useTimes();
  const [photographer, setPhotographer] = useState(source.photographer);
  const correction = source.clockCorrectionSeconds;
  const name = source.path.split(/[\\/]/).at(-1) ?? source.path;

  return (
    <Panel title={source.photographer === '' ? name : source.photographer}>
      <div>
        <State state={states[source.state]}>{t(`sources.states.${source.state}`)}</State>
        <Detail>{source.path}</Detail>
      </div>
      <Cards
        figures={[
          [t('sources.taken'), source.taken],
          [t('sources.waiting'), source.waiting],
          [t('sources.last'), source.lastAt === undefined ? '–' : times.time(source.lastAt)],
        ]}
      />
      {source.albums.length > 0 && (
        <div>
          {t('sources.albums')}
          {source.albums.map((album) => (
            <Detail key={album.name}>
              {album.name} · {t('sources.photos', { count: album.photos })}
            </Detail>
          ))}
        </div>
      )}
      {source.trouble !== undefined && (
        <Say state="warning" detail={source.trouble.detail}>
          {t('sources.troubled')}: {source.troubled}. {faultText(source.trouble.code)}
        </Say>
      )}
      <Switch label={t('sources.isOn')} isOn={source.isOn} onTurn={(isOn) => onSet({ isOn })} />
      <Field label={t('sources.photographer')} hint={t('sources.photographerHint')}>
        {(ids) => (
          <input
            {...ids}
            maxLength={80}
            value={photographer}
            onChange={({ target }) => setPhotographer(target.value)}
            onBlur={() => {
              if (photographer !== source.photographer) onSet({ photographer });
            }}
          />
        )}
      </Field>
      <div>
        {t('sources.clock')}
        <Detail>
          {correction === 0
            ? t('sources.clockRight')
            : t(correction < 0 ? 'sources.clockAhead' : 'sources.clockBehind', { count: Math.abs(correction) })}
        </Detail>
      </div>
      <Actions>
        <DenseButton onPress={onSetClock}>{t('sources.photographClock')}</DenseButton>
        <DenseButton kind="plain" onPress={onRemove}>
          {t('remove')}
        </DenseButton>
      </Actions>
    </Panel>
  );
}
