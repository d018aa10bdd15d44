import { useStore } from 'zustand';
import type { PhoneEvent } from '../../../preload/index.ts';
import type { Place } from '../place.ts';
import { SelfieScreen, type PhoneCamera, type Selfie } from '../selfie/index.ts';
import { CodeScreen } from './CodeScreen.tsx';
import { ConsentScreen } from './ConsentScreen.tsx';
import type { Start } from './createStart.ts';
import { Welcome } from './Welcome.tsx';

interface StartPageProps {
  place: Place;
  event: PhoneEvent;
  start: Start;
  selfie: Selfie;
  camera: PhoneCamera;
}

/** Where a guest arrives who has no gallery yet. */
export const StartPage = ({ place, event, start, selfie, camera }: StartPageProps) => {
  const { page, layer } = useStore(place.store);
  const state = useStore(start.store);
  const eventCode = page.at === 'start' ? page.eventCode : undefined;
  const isBusy = state.at === 'asking';
  const problem = state.at === 'open' ? state.problem : undefined;

  if (layer?.at === 'code') {
    return (
      <CodeScreen
        isBusy={isBusy}
        problem={problem}
        onCode={(code) => void start.openByCode(code, event.code ?? eventCode)}
      />
    );
  }
  if (layer?.at === 'consent' && state.at === 'registered') {
    return <SelfieScreen selfie={selfie} camera={camera} token={state.token} />;
  }
  if (layer?.at === 'consent') {
    return (
      <ConsentScreen
        event={event}
        eventCode={event.code ?? eventCode}
        isBusy={isBusy}
        problem={problem}
        onAgree={(agreement) => void start.agree(agreement)}
        onRefuse={place.close}
      />
    );
  }
  return <Welcome event={event} visit={start.visit(event, eventCode)} place={place} onSomebodyElse={start.reset} />;
};
