import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KioskMethod, KioskReply, KioskRequest } from '../../../preload/index.ts';
import type { Booth } from '../booth/index.ts';
import type { Camera } from '../camera/index.ts';
import { comingPrints } from './comingPrints.ts';
import { delay } from './delay.ts';
import { hasAnyCode, initialState, type KioskState, type Scene, type Visit } from './state.ts';
import { shutterMark } from './takeShot.ts';

/** By then React has taken the guest's pictures off the page. */
const letGoMs = 200;
const startingRetryMs = 300;

/** What all parts of the journey stand on. */
export interface House {
  store: StoreApi<KioskState>;
  booth: Booth;
  camera: Camera;
  go: (scene: Scene) => void;
  /** Changes the scene that is on show, if it is still that one. */
  change: <S extends Scene['at']>(at: S, changes: Partial<Extract<Scene, { at: S }>>) => void;
  note: (changes: Partial<Visit>) => void;
  /** @returns whether the guest who is here now is still here when asked later, and still at that scene */
  staying: (at: Scene['at']) => () => boolean;
  /** Asks something of the guest's visit. @returns undefined if the guest has left meanwhile, or core no longer knows the visit */
  askOfVisit: <M extends KioskMethod>(method: M, payload: KioskRequest<M>) => Promise<KioskReply<M> | undefined>;
  /** Asks until the engine has started, for as long as the guest is waiting for it. */
  askWhenStarted: <M extends KioskMethod>(
    method: M,
    payload: KioskRequest<M>,
    isWaiting: () => boolean,
  ) => Promise<KioskReply<M>>;
  /** Ends the visit, here and in core, and leaves nothing of it behind. */
  leave: (next: 'attract' | 'goodbye' | 'pause') => void;
  /** The same for a visit that core has ended by erasing it. @param faces that were taken out of the index */
  leaveErased: (faces: number) => void;
}

export interface HouseEdges {
  booth: Booth;
  camera: Camera;
  /** Drops the pictures that Chromium still keeps. */
  forgetPictures: () => void;
}

export function createHouse({ booth, camera, forgetPictures }: HouseEdges): House {
  const store = createStore(() => initialState(undefined, { at: 'starting' }, { at: 'dark' }));

  store.subscribe(({ scene }, { scene: before }) => {
    if (before.at !== 'searching' || before.stillUrl === undefined) return;
    if (scene.at !== 'searching' || scene.stillUrl !== before.stillUrl) URL.revokeObjectURL(before.stillUrl);
  });

  function leave(next: 'attract' | 'goodbye' | 'pause'): void {
    const { visit } = store.getState();
    if (visit !== undefined) void booth.ask('visit:end', { visitId: visit.id });
    const kept = { hasCode: hasAnyCode(visit), prints: comingPrints(visit?.prints ?? []) };
    letGo(next === 'goodbye' ? { at: next, ...kept } : { at: next });
  }

  function letGo(next: Extract<Scene, { at: 'attract' | 'goodbye' | 'pause' }>): void {
    const { run, kiosk, engine, language, isHighContrast } = store.getState();
    // The last word is said in the guest's own language.
    const manner = next.at === 'attract' ? {} : { language, isHighContrast };
    store.setState({ ...initialState(kiosk, engine, next), ...manner, run: run + 1 }, true);
    performance.clearMarks(shutterMark);
    setTimeout(() => {
      // React keeps the state of the last rendering but one; now that is of nobody, too.
      store.setState({});
      forgetPictures();
    }, letGoMs);
  }

  return {
    store,
    booth,
    camera,
    go: (scene) => store.setState({ scene }),
    change: (at, changes) => {
      const { scene } = store.getState();
      if (scene.at === at) store.setState({ scene: { ...scene, ...changes } });
    },
    note: (changes) => {
      const { visit } = store.getState();
      if (visit !== undefined) store.setState({ visit: { ...visit, ...changes } });
    },
    staying: (at) => {
      const { run } = store.getState();
      return () => store.getState().run === run && store.getState().scene.at === at;
    },
    askOfVisit: async (method, payload) => {
      const { run } = store.getState();
      const reply = await booth.ask(method, payload);
      if (store.getState().run !== run) return undefined;
      if (reply.ok || reply.fault.code !== 'visit.unknown') return reply;
      leave('attract');
      return undefined;
    },
    askWhenStarted: async (method, payload, isWaiting) => {
      for (;;) {
        const reply = await booth.ask(method, payload);
        if (reply.ok || reply.fault.code !== 'engine.starting' || !isWaiting()) return reply;
        await delay(startingRetryMs);
        if (!isWaiting()) return reply;
      }
    },
    leave,
    leaveErased: (erasedFaces) => letGo({ at: 'goodbye', hasCode: false, erasedFaces }),
  };
}
