import type { StoreApi } from 'zustand/vanilla';
import type { Language } from '../../../preload/index.ts';
import type {
  AttractProps,
  BrowseProps,
  CameraProps,
  CodeEntryProps,
  ConsentProps,
  IdleProps,
} from '../screens/props.ts';
import { createBrowseFlow } from './browseFlow.ts';
import { createCameraFlow } from './cameraFlow.ts';
import { createCodeFlow } from './codeFlow.ts';
import { followCore } from './coreLine.ts';
import { createHouse, type HouseEdges } from './house.ts';
import { watchIdle, type Idle } from './idle.ts';
import { reportCamera } from './reportCamera.ts';
import { createResultsFlow, type ResultsFlow } from './resultsFlow.ts';
import type { KioskState } from './state.ts';

export type JourneyEdges = HouseEdges;

/** What the screens' touches do, screen by screen. */
export interface Journey extends ResultsFlow {
  store: StoreApi<KioskState>;
  /** Waits for core, and opens the kiosk. */
  start: () => void;
  onLanguage: (language: Language) => void;
  onHighContrast: (isHighContrast: boolean) => void;
  idle: Idle & Pick<IdleProps, 'onStay' | 'onLeave'>;
  attract: Pick<AttractProps, 'onStart' | 'onBrowse' | 'onCode'>;
  consent: Pick<ConsentProps, 'onAccept' | 'onRefuse'>;
  camera: Pick<CameraProps, 'onTouchFace' | 'onShoot' | 'onCancel'>;
  browse: Pick<BrowseProps, 'onHour' | 'onMore' | 'onOpen' | 'onClose' | 'onStart' | 'onLeave'>;
  codeEntry: Pick<CodeEntryProps, 'onSubmit' | 'onLeave'>;
}

/** How long the thanks are on show. */
const goodbyeMs = 4_000;

export function createJourney(edges: JourneyEdges): Journey {
  const house = createHouse(edges);
  const { store } = house;
  const idle = watchIdle(house);
  const cameraFlow = createCameraFlow(house, { onPresence: idle.seen });
  const browseFlow = createBrowseFlow(house);
  const codeFlow = createCodeFlow(house);

  /** To the camera; who has not agreed yet is asked first. A code may be another's: what was agreed to with it is not this guest's word. */
  function toCamera(): void {
    if ((store.getState().visit?.shots ?? 0) === 0) house.go({ at: 'consent' });
    else void cameraFlow.enter();
  }

  function toBrowse(): void {
    const { kiosk, engine } = store.getState();
    if (kiosk?.mayBrowse === true && engine.at !== 'closed') browseFlow.enter();
    else house.leave('attract');
  }

  const results = createResultsFlow(house, { again: toCamera, browse: toBrowse });

  store.subscribe(({ scene }, { scene: before }) => {
    if (scene.at !== 'goodbye' || before.at === 'goodbye') return;
    const isStaying = house.staying('goodbye');
    setTimeout(() => {
      if (isStaying()) results.goodbye.onDone();
    }, goodbyeMs);
  });

  return {
    ...results,
    store,
    start: () => {
      followCore(house);
      reportCamera(house);
      edges.booth.connect();
    },
    onLanguage: (language) => store.setState({ language }),
    onHighContrast: (isHighContrast) => store.setState({ isHighContrast }),
    idle: { ...idle, onStay: idle.stay, onLeave: () => house.leave('attract') },
    attract: { onStart: () => house.go({ at: 'consent' }), onBrowse: toBrowse, onCode: codeFlow.enter },
    consent: { onAccept: () => void cameraFlow.enter(), onRefuse: toBrowse },
    camera: cameraFlow,
    browse: { ...browseFlow, onStart: toCamera, onLeave: results.nothing.onLeave },
    codeEntry: { ...codeFlow, onLeave: () => house.leave('attract') },
  };
}
