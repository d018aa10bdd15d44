import type { Photo } from '../../../preload/index.ts';
import type {
  EraseProps,
  FinishProps,
  GoodbyeProps,
  KeptCodeProps,
  NothingProps,
  ResultsProps,
  ShareProps,
} from '../screens/props.ts';
import type { House } from './house.ts';
import { createPrintFlow, type PrintFlow } from './printFlow.ts';
import { createShareFlow } from './shareFlow.ts';
import type { Verbs } from './verbs.ts';

/** What a guest can do with what was found, until they leave. */
export interface ResultsFlow extends Omit<PrintFlow, 'enter'> {
  results: Verbs<ResultsProps>;
  nothing: Verbs<NothingProps>;
  finish: Verbs<FinishProps>;
  keptCode: Verbs<KeptCodeProps>;
  share: Verbs<ShareProps>;
  erase: Verbs<EraseProps>;
  goodbye: Verbs<GoodbyeProps>;
}

export interface ResultsEdges {
  /** To the camera, for another try. */
  again: () => void;
  browse: () => void;
}

export function createResultsFlow(house: House, { again, browse }: ResultsEdges): ResultsFlow {
  const { store } = house;
  const share = createShareFlow(house);
  const { enter: print, ...printScreens } = createPrintFlow(house, { leave });
  let isKeeping = false;

  function answer(photoId: number, isMe: boolean): void {
    const { visit, scene } = store.getState();
    if (visit?.found === undefined || scene.at !== 'results') return;
    void house.askOfVisit('visit:answer', { visitId: visit.id, photoId, isMe });
    const isAnother = ({ id }: Photo) => id !== photoId;
    const { sure, maybe } = visit.found;
    const left = {
      sure: isMe ? [...sure, ...maybe.filter((photo) => !isAnother(photo))] : sure.filter(isAnother),
      maybe: maybe.filter(isAnother),
    };
    house.note({ found: { ...visit.found, ...left } });
    if (left.sure.length + left.maybe.length === 0) {
      house.go({ at: 'nothing', reason: 'all-rejected', canKeep: true });
    } else if (!isMe && scene.openId === photoId) {
      house.change('results', { openId: undefined });
    }
  }

  async function keep(): Promise<void> {
    const { visit, scene } = store.getState();
    if (visit === undefined || isKeeping) return;
    const isStaying = house.staying(scene.at);
    isKeeping = true;
    const reply = await house.askOfVisit('visit:keep', { visitId: visit.id });
    isKeeping = false;
    if (reply === undefined || !isStaying()) return;
    if (!reply.ok) {
      const { code: fault } = reply.fault;
      house.change('nothing', { fault });
      house.change('finish', { fault });
      return;
    }
    house.note({ hasCode: true });
    house.go({ at: 'keptCode', ...reply.value });
  }

  function askToErase(): void {
    const { scene } = store.getState();
    house.go({ at: 'erase', from: scene, withFaces: false, isBusy: false, fault: undefined });
  }

  async function erase(): Promise<void> {
    const { visit, scene } = store.getState();
    if (visit === undefined || scene.at !== 'erase' || scene.isBusy) return;
    const isStaying = house.staying('erase');
    house.change('erase', { isBusy: true, fault: undefined });
    const reply = await house.askOfVisit('visit:erase', { visitId: visit.id, withFaces: scene.withFaces });
    if (reply === undefined || !isStaying()) return;
    if (reply.ok) house.leaveErased(reply.value.faces);
    else house.change('erase', { isBusy: false, fault: reply.fault.code });
  }

  const backToResults = () => house.go({ at: 'results', openId: undefined });

  /** A guest of whom something was known is told that it is gone. */
  function leave(): void {
    house.leave(store.getState().visit === undefined ? 'attract' : 'goodbye');
  }

  return {
    ...printScreens,
    results: {
      onOpen: (openId) => house.change('results', { openId }),
      onClose: () => house.change('results', { openId: undefined }),
      onAnswer: answer,
      onShare: () => void share(),
      onPrint: () => print(),
      onPrintPhoto: print,
      onAgain: again,
      onFinish: () => house.go({ at: 'finish' }),
      onErase: askToErase,
    },
    nothing: { onAgain: again, onBrowse: browse, onKeep: () => void keep(), onErase: askToErase, onLeave: leave },
    finish: {
      onShare: () => void share(),
      onKeep: () => void keep(),
      onErase: askToErase,
      onBack: backToResults,
      onDone: leave,
    },
    erase: {
      onWithFaces: (withFaces) => house.change('erase', { withFaces }),
      onConfirm: () => void erase(),
      onBack: () => {
        const { scene } = store.getState();
        if (scene.at === 'erase' && !scene.isBusy) house.go(scene.from);
      },
    },
    keptCode: { onDone: leave },
    share: { onBack: backToResults, onDone: leave },
    goodbye: { onDone: () => house.leave('attract') },
  };
}
