import { useTranslation } from 'react-i18next';
import { printAccesses, type PrintSettings } from '../../../preload/index.ts';
import { DenseButton, Field, Panel, Say } from '../../dense/index.ts';
import type { StaffLine } from '../desk.ts';
import { useTemplateName } from '../prints/index.ts';
import { useAsked } from '../useAsked.ts';
import { useFaultText } from '../useFaultText.ts';
import styles from './events.module.css';

interface EventPrintsProps {
  line: StaffLine;
  settings: PrintSettings;
  /** Guests may print at all. */
  isOn: boolean;
  /** What is wrong with one of them. */
  wrongAt: (name: keyof PrintSettings) => string | undefined;
  onChange: (settings: PrintSettings) => void;
}

/** What guests may print, how much of it, and what for. */
export function EventPrints({ line, settings, isOn, wrongAt, onChange }: EventPrintsProps) {
  const { t } = useTranslation('staff');
  const { access } = settings;
  const change = (changes: Partial<PrintSettings>) => onChange({ ...settings, ...changes });

  const limit = (name: 'mostPerGuest' | 'mostPerEvent') => (
    <Field label={t(`events.print.${name}`)} hint={t('events.print.mostHint')} wrong={wrongAt(name)}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          min={1}
          value={settings[name] ?? ''}
          onChange={({ target }) => change({ [name]: target.value === '' ? undefined : target.valueAsNumber })}
        />
      )}
    </Field>
  );
  const text = (name: 'price' | 'caption', most: number) => (
    <Field label={t(`events.print.${name}`)} hint={t(`events.print.${name}Hint`)} wrong={wrongAt(name)}>
      {(ids) => (
        <input
          {...ids}
          maxLength={most}
          value={settings[name]}
          onChange={({ target }) => change({ [name]: target.value })}
        />
      )}
    </Field>
  );

  return (
    <Panel title={t('events.print.title')}>
      {!isOn && <p>{t('events.print.off')}</p>}
      <OfferedTemplates line={line} chosen={settings.templates} onChange={(templates) => change({ templates })} />
      {limit('mostPerGuest')}
      {limit('mostPerEvent')}
      <Field label={t('events.print.access')} hint={t(`events.print.accessHints.${access}`)}>
        {(ids) => (
          <select
            {...ids}
            value={access}
            onChange={({ target }) => change({ access: printAccesses.find((one) => one === target.value) ?? access })}
          >
            {printAccesses.map((one) => (
              <option key={one} value={one}>
                {t(`events.print.accesses.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {access === 'paid' && text('price', 20)}
      {text('caption', 60)}
    </Panel>
  );
}

/** Each says its place among those that were chosen. One that is chosen and no longer there can be left out. */
function OfferedTemplates({
  line,
  chosen,
  onChange,
}: {
  line: StaffLine;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const templateName = useTemplateName();
  const { value, fault } = useAsked(line, 'prints:open', {});
  const templates = value?.templates ?? [];
  const gone = value === undefined ? [] : chosen.filter((id) => !templates.some((template) => template.id === id));
  const turn = (id: string) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const choice = (id: string, name: string, about: string) => {
    const place = chosen.indexOf(id) + 1;
    return (
      <DenseButton key={id} isChosen={place > 0} onPress={() => turn(id)}>
        <span className={styles['template']}>
          {name}
          <span className={styles['about']}>{about}</span>
        </span>
        {place > 0 && <span className={styles['place']}>{place}</span>}
      </DenseButton>
    );
  };
  return (
    <>
      <h3>{t('events.print.templates')}</h3>
      <p className={styles['about']}>{t('events.print.templatesHint')}</p>
      {fault !== undefined && <Say>{faultText(fault.code)}</Say>}
      <div className={styles['templates']} role="group" aria-label={t('events.print.templates')}>
        {templates.map((template) =>
          choice(
            template.id,
            templateName(template),
            [
              t('events.print.photos', { count: template.photos }),
              ...(template.hasLink ? [t('events.print.hasLink')] : []),
            ].join(', '),
          ),
        )}
        {gone.map((id) => choice(id, id, t('events.print.gone')))}
      </div>
    </>
  );
}
