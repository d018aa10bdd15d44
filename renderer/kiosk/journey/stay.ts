import type { FramePoint, Guidance, KioskReply } from '../../../preload/index.ts';
import type { Camera, CameraState } from '../camera/index.ts';
import type { CameraPhase, SeenFace } from '../screens/props.ts';
import { createLookout } from './lookout.ts';
import { steady, type SteadyAdvice } from './steadyAdvice.ts';
import { follow, toggle, type Subject } from './subjects.ts';
import { takeShot } from './takeShot.ts';

/** A pose is right once it has been right for so long. */
const readyMs = 500;
/** After so long with a face in sight the guest may take the picture whatever the advice. */
const patienceMs = 8_000;
/** Someone who was away for longer is gone. */
const goneMs = 700;
const secondMs = 1_000;

export interface StayEdges {
  camera: Camera;
  /** @returns undefined where there is no one left to guide */
  check: (frame: Uint8Array, subjects: FramePoint[]) => Promise<KioskReply<'guide:check'> | undefined>;
  sendFrame: (frame: Uint8Array, subjects: FramePoint[]) => void;
  onView: (view: { phase: CameraPhase; isLit: boolean }) => void;
  /** Someone stands before the camera. */
  onPresence: () => void;
  /** A shot was taken and sent. @param still what the guest saw of themselves, JPEG */
  onShot: (still: Uint8Array<ArrayBuffer> | undefined) => void;
}

/** One stay before the camera: from its opening to the picture. */
export interface Stay {
  onCamera(state: CameraState): void;
  touchFace(index: number): void;
  shoot(): void;
  leave(): void;
}

export function createStay({ camera, check, sendFrame, onView, onPresence, onShot }: StayEdges): Stay {
  let phase: CameraPhase = { at: 'opening' };
  let isLit = false;
  let hasLeft = false;
  let advice: SteadyAdvice | undefined;
  let subjects: Subject[] = [];
  /** Checks in a row that saw fewer than two faces while the guests were choosing. */
  let alone = 0;
  let readySince: number | undefined;
  let facesSince: number | undefined;
  let nobodySince: number | undefined;
  let second: ReturnType<typeof setTimeout> | undefined;

  const lookout = createLookout({
    camera,
    check: async (frame) => {
      const reply = await check(frame, centres());
      return reply?.ok === true ? reply.value : undefined;
    },
    isWatching: () => !hasLeft && phase.at !== 'shooting' && camera.state().at === 'live',
    onGuidance: look,
  });

  const centres = () => subjects.map(({ centre }) => centre);

  function show(next: CameraPhase): void {
    phase = next;
    onView({ phase, isLit });
  }

  function look(seen: Guidance): void {
    const now = performance.now();
    advice = steady(advice, seen.advice);
    isLit ||= advice.shown === 'too-dark';
    readySince = seen.advice === 'ready' ? (readySince ?? now) : undefined;
    nobodySince = seen.faces.length === 0 ? (nobodySince ?? now) : undefined;
    const isNobody = nobodySince !== undefined && now - nobodySince > goneMs;
    facesSince = isNobody ? undefined : (facesSince ?? (seen.faces.length > 0 ? now : undefined));
    if (seen.faces.length > 0) onPresence();

    const followed = follow(
      subjects,
      seen.faces.map(({ box }) => box),
    );
    subjects = followed.subjects;

    switch (phase.at) {
      case 'opening':
      case 'unavailable':
      case 'guiding':
        guide(seen, now);
        return;
      case 'choosing':
        alone = seen.faces.length < 2 ? alone + 1 : 0;
        if (alone >= 2) guideAnew(seen, now);
        else if (alone === 0) show({ at: 'choosing', faces: followed.faces });
        return;
      case 'counting':
        if (isNobody || (subjects.length === 0 && advice.shown === 'several-faces')) guideAnew(seen, now);
        else show({ ...phase, faces: subjects.length > 0 ? followed.faces : seen.faces });
        return;
      case 'shooting':
        return;
    }
  }

  function guide({ faces }: Guidance, now: number): void {
    if (advice === undefined) return;
    if (advice.shown === 'several-faces' && faces.length > 1) {
      show({ at: 'choosing', faces: faces.map(({ box }) => ({ box, isSubject: false })) });
    } else if (readySince !== undefined && now - readySince >= readyMs) {
      count(3, faces);
    } else {
      const isPatient = facesSince !== undefined && now - facesSince >= patienceMs;
      show({ at: 'guiding', advice: advice.shown, faces, isPatient });
    }
  }

  /** From choosing or counting back to the beginning. */
  function guideAnew(seen: Guidance, now: number): void {
    forget();
    guide(seen, now);
  }

  function forget(): void {
    clearTimeout(second);
    subjects = [];
    alone = 0;
    readySince = undefined;
    facesSince = undefined;
    nobodySince = undefined;
  }

  function count(secondsLeft: 3 | 2 | 1, faces: readonly SeenFace[]): void {
    show({ at: 'counting', secondsLeft, faces });
    second = setTimeout(() => {
      const latest = phase.at === 'counting' ? phase.faces : faces;
      switch (secondsLeft) {
        case 3:
          count(2, latest);
          return;
        case 2:
          count(1, latest);
          return;
        case 1:
          void take(latest);
      }
    }, secondMs);
  }

  async function take(faces: readonly SeenFace[]): Promise<void> {
    show({ at: 'shooting', faces });
    const chosen = centres();
    const still = await takeShot(camera, (frame) => {
      if (!hasLeft) sendFrame(frame, chosen);
    });
    // A camera that went away meanwhile is what the guest is told of.
    if (!hasLeft && camera.state().at === 'live') onShot(still);
  }

  return {
    onCamera: (state) => {
      if (hasLeft) return;
      switch (state.at) {
        case 'closed':
          return;
        case 'opening':
          show({ at: 'opening' });
          return;
        case 'live':
          forget();
          advice = undefined;
          show({ at: 'opening' });
          lookout.wake();
          return;
        case 'unavailable':
          forget();
          show({ at: 'unavailable', fault: state.fault });
      }
    },

    touchFace: (index) => {
      if (phase.at !== 'choosing') return;
      const face = phase.faces.at(index);
      if (face === undefined) return;
      subjects = toggle(subjects, face);
      const faces = phase.faces.map((one) => ({ ...one, isSubject: one === face ? !one.isSubject : one.isSubject }));
      show({ at: 'choosing', faces });
    },

    shoot: () => {
      const faces = facesToShoot(phase);
      if (faces.length > 0) count(3, faces);
    },

    leave: () => {
      hasLeft = true;
      clearTimeout(second);
    },
  };
}

/** The faces a picture may be taken of now; none: not yet. */
function facesToShoot(phase: CameraPhase): readonly SeenFace[] {
  switch (phase.at) {
    case 'guiding':
      return phase.isPatient || phase.advice === 'ready' ? phase.faces : [];
    case 'choosing':
      return phase.faces.some(({ isSubject }) => isSubject) ? phase.faces : [];
    case 'opening':
    case 'counting':
    case 'shooting':
    case 'unavailable':
      return [];
  }
}
