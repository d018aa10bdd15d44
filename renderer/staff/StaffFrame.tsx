import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../preload/index.ts';
import { DenseButton, Say, State, type DenseState } from '../dense/index.ts';
import type { Desk } from './desk.ts';
import { FrameMenu } from './FrameMenu.tsx';
import { Locks } from './Locks.tsx';
import { Notices } from './Notices.tsx';
import styles from './StaffFrame.module.css';
import { useAsked } from './useAsked.ts';
import { useFaultText } from './useFaultText.ts';
import { views, type ViewId } from './views/index.ts';

/** The crew's station: what there is to see and do, and on every page what matters whatever they look at. */
export function StaffFrame({ desk, language, version }: { desk: Desk; language: Language; version: string }) {
  const { t } = useTranslation('staff');
  const faultText = useFaultText();
  const [shown, setShown] = useState<ViewId>('wall');
  const { value: frame, fault, again } = useAsked(desk.line, 'frame:open', {}, { on: 'frame:changed' });
  // What there is nothing to see of takes nobody's place.
  const offered = views.filter(({ id }) => id !== 'sync' || frame?.hasCloud === true);
  const view = views.find(({ id }) => id === shown) ?? views[0];
  const engine = frame?.engine;

  return (
    <div className={styles['frame']}>
      <header className={styles['head']}>
        <div className={styles['event']}>
          <strong>{frame?.event?.name ?? t('frame.noEvent')}</strong>
          {engine !== undefined && <State state={engineStates[engine.at]}>{t(`frame.engine.${engine.at}`)}</State>}
        </div>
        <FrameMenu desk={desk} language={language} version={version} by={frame?.protection.by} />
        <DenseButton kind="primary" onPress={desk.leave}>
          {t('frame.leave')}
        </DenseButton>
      </header>
      <nav className={styles['nav']} aria-label={t('frame.nav')}>
        {offered.map(({ id, sign }) => (
          <button
            key={id}
            type="button"
            className={styles['tab']}
            aria-current={id === view.id ? 'page' : undefined}
            onClick={() => setShown(id)}
          >
            <span aria-hidden="true">{sign}</span>
            {t(`views.${id}`)}
          </button>
        ))}
      </nav>
      <main className={styles['page']}>
        {fault !== undefined && <Say detail={fault.detail}>{faultText(fault.code)}</Say>}
        {engine?.at === 'failed' && engine.code !== 'keys.lost' && (
          <Say detail={engine.code}>{faultText(engine.code)}</Say>
        )}
        {engine !== undefined && <Locks line={desk.line} engine={engine} onDone={again} />}
        <Notices line={desk.line} notices={frame?.notices ?? []} onDone={again} />
        <h1>{t(`views.${view.id}`)}</h1>
        <view.View line={desk.line} language={language} />
      </main>
    </div>
  );
}

const engineStates: Readonly<Record<string, DenseState>> = {
  starting: 'warning',
  ready: 'good',
  setup: 'warning',
  locked: 'bad',
  closed: 'idle',
  failed: 'bad',
};
