import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  eventSettingsSchema,
  languages,
  type EventSettings,
  type FaultCode,
  type StaffEvent,
} from '../../../preload/index.ts';
import { Actions, DenseButton, Dialog, Field, Panel, Say, Switch } from '../../dense/index.ts';
import { languageNames } from '../../ui/index.ts';
import type { StaffLine } from '../desk.ts';
import { codeFromName } from '../setup/codeFromName.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import { EventActions } from './EventActions.tsx';
import { EventLook } from './EventLook.tsx';
import { EventFolders } from './EventFolders.tsx';
import { EventPrints } from './EventPrints.tsx';
import { EventWifi } from './EventWifi.tsx';
import styles from './events.module.css';

interface EventEditorProps {
  line: StaffLine;
  /** undefined: a new one. */
  event: StaffEvent | undefined;
  onChanged: () => void;
  onMade: (id: number) => void;
  onClose: () => void;
}

const permissions = ['browse', 'download', 'print', 'originalSize', 'ownPhone'] as const;
const newSettings = (): EventSettings =>
  eventSettingsSchema.parse({ timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });

/** The same for the same settings, in whatever order they were entered. */
const textOf = (settings: EventSettings | undefined) =>
  JSON.stringify(eventSettingsSchema.safeParse(settings).data ?? settings);

/** Everything that is set for an event; nothing is kept until it is saved. */
export function EventEditor({ line, event, onChanged, onMade, onClose }: EventEditorProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const doing = useDo(line);
  const [settings, setSettings] = useState(() => event?.settings ?? { ...newSettings(), name: '' });
  /** undefined: it follows the name. */
  const [code, setCode] = useState(event?.code);
  const [saved, setSaved] = useState({ settings: event?.settings, code: event?.code });
  const [isLeaving, setIsLeaving] = useState(false);

  const change = (changes: Partial<EventSettings>) => setSettings((before) => ({ ...before, ...changes }));
  const shownCode = code ?? codeFromName(settings.name);
  const isChanged = textOf(settings) !== textOf(saved.settings) || shownCode !== saved.code;
  const checked = eventSettingsSchema.safeParse(settings);
  const wrongAt = (...names: [keyof EventSettings, ...string[]]) =>
    checked.success || !checked.error.issues.some(({ path }) => names.every((name, i) => path[i] === name))
      ? undefined
      : t('events.wrong');
  const isReady = checked.success && shownCode.trim() !== '' && settings.languages.length > 0;
  const faultAt = (wanted: FaultCode) => (doing.fault?.code === wanted ? faultText(wanted) : undefined);

  function save(): void {
    if (!checked.success) return;
    const given = { code: shownCode, settings: checked.data };
    const keep = () => setSaved(given);
    if (event === undefined) doing.run('events:create', given, ({ id }) => onMade(id));
    else {
      doing.run('events:update', { id: event.id, ...given }, () => {
        keep();
        onChanged();
      });
    }
  }

  const text = (name: 'name' | 'startsOn' | 'endsOn' | 'timeZone', type = 'text') => (
    <Field label={t(`events.${name}`)} wrong={name === 'name' && settings.name === '' ? undefined : wrongAt(name)}>
      {(ids) => (
        <input
          {...ids}
          type={type}
          value={settings[name] ?? ''}
          onChange={({ target }) =>
            change({ [name]: target.value === '' && name !== 'name' && name !== 'timeZone' ? undefined : target.value })
          }
        />
      )}
    </Field>
  );

  return (
    <>
      <div className={styles['head']}>
        <DenseButton onPress={() => (isChanged ? setIsLeaving(true) : onClose())}>{t('events.back')}</DenseButton>
        <DenseButton kind="primary" isDisabled={!isReady || !isChanged || doing.isBusy} onPress={save}>
          {t(doing.isBusy ? 'busy' : isChanged ? 'save' : 'saved')}
        </DenseButton>
      </div>
      {doing.fault !== undefined && doing.fault.code !== 'event.code-taken' && (
        <Say detail={doing.fault.detail}>{faultText(doing.fault.code)}</Say>
      )}
      {event !== undefined && <EventActions line={line} event={event} onChanged={onChanged} />}
      <div className={styles['sections']}>
        <Panel title={t('events.what')}>
          {text('name')}
          <Field label={t('events.code')} hint={t('setup.event.codeHint')} wrong={faultAt('event.code-taken')}>
            {(ids) => (
              <input {...ids} maxLength={200} value={shownCode} onChange={({ target }) => setCode(target.value)} />
            )}
          </Field>
          {text('startsOn', 'date')}
          {text('endsOn', 'date')}
          {text('timeZone')}
        </Panel>
        <Panel title={t('events.languages')}>
          {languages.map((language) => (
            <Switch
              key={language}
              label={languageNames[language]}
              isOn={settings.languages.includes(language)}
              onTurn={(isOn) =>
                change({
                  languages: isOn
                    ? [...settings.languages, language]
                    : settings.languages.filter((one) => one !== language),
                })
              }
            />
          ))}
          {settings.languages.length > 1 && (
            <Field label={t('events.firstLanguage')}>
              {(ids) => (
                <select
                  {...ids}
                  value={settings.languages[0]}
                  onChange={({ target }) =>
                    change({
                      languages: settings.languages.toSorted(
                        (a, b) => Number(b === target.value) - Number(a === target.value),
                      ),
                    })
                  }
                >
                  {settings.languages.map((one) => (
                    <option key={one} value={one}>
                      {languageNames[one]}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          {settings.languages.length === 0 && <Say>{t('events.noLanguage')}</Say>}
        </Panel>
        <EventLook line={line} settings={settings} onChange={change} />
        <EventPrints
          line={line}
          settings={settings.print}
          isOn={settings.may.print}
          wrongAt={(name) => wrongAt('print', name)}
          onChange={(print) => change({ print })}
        />
        <Panel title={t('events.may')}>
          {permissions.map((name) => (
            <Switch
              key={name}
              label={t(`events.permissions.${name}`)}
              hint={t(`events.permissionHints.${name}`)}
              isOn={settings.may[name]}
              onTurn={(isOn) => change({ may: { ...settings.may, [name]: isOn } })}
            />
          ))}
        </Panel>
        <EventWifi wifi={settings.wifi} wrong={wrongAt('wifi')} onChange={(wifi) => change({ wifi })} />
        <Panel title={t('events.consent')}>
          <p>{t('events.consentLead')}</p>
          {settings.languages.map((language) => (
            <Field key={language} label={languageNames[language]}>
              {(ids) => (
                <textarea
                  {...ids}
                  lang={language}
                  maxLength={4000}
                  placeholder={t('events.consentBuiltIn')}
                  value={settings.consentTexts[language] ?? ''}
                  onChange={({ target }) => {
                    const others = Object.entries(settings.consentTexts).filter(([one]) => one !== language);
                    const own = target.value === '' ? [] : [[language, target.value] as const];
                    change({ consentTexts: Object.fromEntries([...others, ...own]) });
                  }}
                />
              )}
            </Field>
          ))}
          <Field label={t('events.retentionDays')} hint={t('events.retentionHint')} wrong={wrongAt('retentionDays')}>
            {(ids) => (
              <input
                {...ids}
                type="number"
                min={1}
                max={3650}
                value={settings.retentionDays}
                onChange={({ target }) => change({ retentionDays: target.valueAsNumber })}
              />
            )}
          </Field>
        </Panel>
        <EventFolders line={line} folders={settings.folders} onChange={(folders) => change({ folders })} />
      </div>
      {isLeaving && (
        <Dialog
          title={t('events.leaveTitle')}
          onClose={() => setIsLeaving(false)}
          actions={
            <>
              <DenseButton kind="danger" onPress={onClose}>
                {t('events.leaveAnyway')}
              </DenseButton>
              <DenseButton kind="primary" onPress={() => setIsLeaving(false)}>
                {t('events.stay')}
              </DenseButton>
            </>
          }
        >
          <p>{t('events.leaveLead')}</p>
        </Dialog>
      )}
      <Actions>
        <DenseButton kind="primary" isDisabled={!isReady || !isChanged || doing.isBusy} onPress={save}>
          {t(isChanged ? 'save' : 'saved')}
        </DenseButton>
      </Actions>
    </>
  );
}
