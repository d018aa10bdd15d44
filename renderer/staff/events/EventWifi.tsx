import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventSettings } from '../../../preload/index.ts';
import { Field, Panel, Switch } from '../../dense/index.ts';

interface EventWifiProps {
  wifi: EventSettings['wifi'];
  /** What is wrong with the name. */
  wrong: string | undefined;
  onChange: (wifi: EventSettings['wifi']) => void;
}

const none = { name: '', password: '', isHidden: false };

/** The network that guests' phones are to join. Without a name there is none, but what was entered with it is not lost while the name is typed anew. */
export function EventWifi({ wifi, wrong, onChange }: EventWifiProps) {
  const { t } = useTranslation('staff');
  const [entered, setEntered] = useState(wifi ?? none);

  function enter(changes: Partial<typeof none>): void {
    const next = { ...entered, ...changes };
    setEntered(next);
    onChange(next.name === '' ? undefined : next);
  }

  return (
    <Panel title={t('events.wifi.title')}>
      <p>{t('events.wifi.lead')}</p>
      <Field label={t('events.wifi.name')} hint={t('events.wifi.nameHint')} wrong={wrong}>
        {(ids) => (
          <input
            {...ids}
            autoComplete="off"
            spellCheck={false}
            value={entered.name}
            onChange={({ target }) => enter({ name: target.value })}
          />
        )}
      </Field>
      <Field label={t('events.wifi.password')} hint={t('events.wifi.passwordHint')}>
        {(ids) => (
          <input
            {...ids}
            autoComplete="off"
            spellCheck={false}
            maxLength={63}
            value={entered.password}
            onChange={({ target }) => enter({ password: target.value })}
          />
        )}
      </Field>
      <Switch
        label={t('events.wifi.isHidden')}
        hint={t('events.wifi.isHiddenHint')}
        isOn={entered.isHidden}
        onTurn={(isHidden) => enter({ isHidden })}
      />
    </Panel>
  );
}
