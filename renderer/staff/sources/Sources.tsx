import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../preload/index.ts';
import { Actions, DenseButton, Dialog, Say } from '../../dense/index.ts';
import { FolderBrowser } from '../folders/index.ts';
import { useAsked } from '../useAsked.ts';
import { useDo } from '../useDo.ts';
import { useFaultText } from '../useFaultText.ts';
import type { ViewProps } from '../views/index.ts';
import { ClockDialog } from './ClockDialog.tsx';
import { SourcePanel } from './SourcePanel.tsx';
import styles from './sources.module.css';

/** The folders that photographers' programs write into, and how each of them gets on. */
export function Sources({ line }: ViewProps) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const { value, fault, again } = useAsked(line, 'sources:open', {}, { on: 'sources:changed', everyMs: 2_000 });
  const doing = useDo(line);
  const [isAdding, setIsAdding] = useState(false);
  const [removing, setRemoving] = useState<Source>();
  const [settingClockOf, setSettingClockOf] = useState<string>();
  const sourceOfClock = value?.find(({ path }) => path === settingClockOf);

  return (
    <>
      <Actions>
        <DenseButton kind="primary" onPress={() => setIsAdding(true)}>
          {t('sources.add')}
        </DenseButton>
      </Actions>
      {fault !== undefined && <Say>{faultText(fault.code)}</Say>}
      {doing.fault !== undefined && <Say>{faultText(doing.fault.code)}</Say>}
      {value?.length === 0 && <p>{t('sources.none')}</p>}
      <div className={styles['sources']}>
        {value?.map((source) => (
          <SourcePanel
            key={source.path}
            source={source}
            onSet={(changes) => {
              const { path, photographer, clockCorrectionSeconds, isOn } = { ...source, ...changes };
              doing.run('sources:set', { path, photographer, clockCorrectionSeconds, isOn }, again);
            }}
            onSetClock={() => setSettingClockOf(source.path)}
            onRemove={() => setRemoving(source)}
          />
        ))}
      </div>
      {isAdding && (
        <FolderBrowser
          line={line}
          title={t('sources.add')}
          wants="folder"
          onChoose={(path) => {
            setIsAdding(false);
            doing.run('sources:set', { path }, again);
          }}
          onClose={() => setIsAdding(false)}
        />
      )}
      {removing !== undefined && (
        <Dialog
          title={t('sources.removeTitle')}
          onClose={() => setRemoving(undefined)}
          actions={
            <>
              <DenseButton onPress={() => setRemoving(undefined)}>{t('cancel')}</DenseButton>
              <DenseButton
                kind="danger"
                onPress={() => {
                  setRemoving(undefined);
                  doing.run('sources:remove', { path: removing.path }, again);
                }}
              >
                {t('remove')}
              </DenseButton>
            </>
          }
        >
          <p>{t('sources.removeLead')}</p>
        </Dialog>
      )}
      {sourceOfClock !== undefined && (
        <ClockDialog line={line} source={sourceOfClock} onClose={() => setSettingClockOf(undefined)} />
      )}
    </>
  );
}
