import type { House } from './house.ts';
import { mayShare } from './mayShare.ts';
import { sharePatienceMs } from './sharePatience.ts';

/** What was found, for the guest's phone. @returns the verb that asks for it, from the results or from the finish */
export function createShareFlow(house: House): () => Promise<void> {
  const { store } = house;
  /** The guest for whom it is being asked: a touch that comes twice asks once. */
  let askedInRun: number | undefined;

  return async () => {
    const { kiosk, visit, scene, run } = store.getState();
    if (kiosk === undefined || !mayShare(kiosk) || visit === undefined || askedInRun === run) return;
    if (scene.at !== 'results' && scene.at !== 'finish') return;
    const isStaying = house.staying(scene.at);
    askedInRun = run;
    house.change(scene.at, { fault: undefined });
    const reply = await house.askOfVisit('visit:share', { visitId: visit.id });
    if (askedInRun === run) askedInRun = undefined;
    if (reply === undefined || !isStaying()) return;
    if (!reply.ok) {
      house.change(scene.at, { fault: reply.fault.code });
      return;
    }
    // With the gallery comes a code: no other needs to be kept.
    house.note({ hasCode: true });
    house.go({ at: 'share', ...reply.value, secondsLeft: Math.ceil(sharePatienceMs(kiosk) / 1000) });
  };
}
