import type { CameraProps } from '../screens/props.ts';
import { delay } from './delay.ts';
import { consentFor } from './consentFor.ts';
import type { House } from './house.ts';
import { hasAnyCode } from './state.ts';
import { createStay, type Stay } from './stay.ts';

/** How long a guest may wait before the camera for an engine that is still starting, and how often it is asked. */
const patienceMs = 20_000;
const retryMs = 300;
/** Most searches are over before a screen that tells of them could be read: it is shown only when one takes longer. */
const momentMs = 400;

export interface CameraFlow extends Pick<CameraProps, 'onTouchFace' | 'onShoot' | 'onCancel'> {
  /** The guest has agreed: their visit begins, unless it is their next try, and only then the camera opens. */
  enter: () => Promise<void>;
}

export function createCameraFlow(house: House, { onPresence }: { onPresence: () => void }): CameraFlow {
  const { store, booth, camera } = house;
  let stay: Stay | undefined;

  camera.onState((state) => {
    if (state.at === 'live') house.change('camera', { aspect: state.aspect });
    stay?.onCamera(state);
  });

  // However the guest goes on from the camera, it is let go of.
  store.subscribe(({ scene }, { scene: before }) => {
    if (before.at !== 'camera' || scene.at === 'camera') return;
    stay?.leave();
    stay = undefined;
    camera.close();
  });

  /** @returns the visit's id; undefined if the guest has left, or there is no beginning */
  async function begin(): Promise<string | undefined> {
    const isStaying = house.staying('camera');
    const untilMs = performance.now() + patienceMs;
    for (;;) {
      const { kiosk, language } = store.getState();
      const shown = kiosk && consentFor(kiosk, language);
      if (shown === undefined) return undefined;
      const consentVersion = shown.consent.version;
      const reply = await booth.ask('visit:begin', { language: shown.language, consentVersion });
      if (!isStaying()) {
        // Nobody is there for it any more.
        if (reply.ok) void booth.ask('visit:end', { visitId: reply.value.visitId });
        return undefined;
      }
      if (reply.ok) {
        const { visitId, photos } = reply.value;
        store.setState({ visit: { id: visitId, photos, shots: 0, found: undefined, hasCode: false, prints: [] } });
        return visitId;
      }
      if (reply.fault.code !== 'engine.starting' || performance.now() >= untilMs) {
        house.go({ at: 'nothing', reason: 'failed', canKeep: false });
        return undefined;
      }
      await delay(retryMs);
      if (!isStaying()) return undefined;
    }
  }

  async function enter(): Promise<void> {
    const { kiosk, visit, scene } = store.getState();
    if (kiosk === undefined || scene.at === 'camera') return;
    const { rotationDegrees } = kiosk.camera;
    const aspect = rotationDegrees % 180 === 0 ? 16 / 9 : 9 / 16;
    house.go({ at: 'camera', phase: { at: 'opening' }, isLit: false, aspect });
    const visitId = visit !== undefined && visit.shots > 0 ? visit.id : await begin();
    if (visitId === undefined) return;
    const shot = (visit?.shots ?? 0) + 1;
    house.note({ shots: shot });
    stay = createStay({
      camera,
      check: (frame, subjects) => house.askOfVisit('guide:check', { visitId, frame, subjects }),
      sendFrame: (frame, subjects) => void house.askOfVisit('selfie:frame', { visitId, shot, frame, subjects }),
      onView: (view) => house.change('camera', view),
      onPresence,
      onShot: (still) => void search(visitId, shot, still),
    });
    camera.open(kiosk.camera);
  }

  async function search(visitId: string, shot: number, still: Uint8Array<ArrayBuffer> | undefined): Promise<void> {
    const isBeforeCamera = house.staying('camera');
    const isSearching = house.staying('searching');
    const telling = setTimeout(() => {
      if (!isBeforeCamera()) return;
      const stillUrl = still && URL.createObjectURL(new Blob([still], { type: 'image/jpeg' }));
      house.go({ at: 'searching', stillUrl });
    }, momentMs);
    // Core waits for the shot's frames by itself.
    const reply = await house.askOfVisit('selfie:search', { visitId, shot });
    clearTimeout(telling);
    // Who has gone back to the photos of the last try does not want to lose them to this one.
    if (!isBeforeCamera() && !isSearching()) return;
    if (reply === undefined) return;
    if (!reply.ok) {
      const reason = reply.fault.code === 'selfie.no-face' ? 'no-face' : 'failed';
      house.go({ at: 'nothing', reason, canKeep: false });
      return;
    }
    const { sure, maybe } = reply.value;
    // A code that was given opens what it was given for, not what this picture brought.
    const hadCode = hasAnyCode(store.getState().visit);
    house.note({ found: { sure, maybe, newPhotos: 0 }, hasCode: false, ...(hadCode && { hadCode }) });
    if (sure.length + maybe.length === 0) house.go({ at: 'nothing', reason: 'no-match', canKeep: true });
    else house.go({ at: 'results', openId: undefined });
  }

  return {
    enter,
    onTouchFace: (index) => stay?.touchFace(index),
    onShoot: () => stay?.shoot(),
    // A guest who wanted one more try keeps what the last one brought.
    onCancel: () => {
      const found = store.getState().visit?.found;
      if (found !== undefined && found.sure.length + found.maybe.length > 0)
        house.go({ at: 'results', openId: undefined });
      else house.leave('attract');
    },
  };
}
