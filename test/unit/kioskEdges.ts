import {
  ok,
  type Advice,
  type Consent,
  type FrameBox,
  type Guidance,
  type Kiosk,
  type KioskEvents,
  type KioskMethod,
  type KioskReply,
  type KioskRequest,
  type OrderProgress,
  type Photo,
  type PrintPage,
  type TemplateLook,
} from '../../preload/index.ts';
import type { Booth } from '../../renderer/kiosk/booth/index.ts';
import type { LineState as Line } from '../../renderer/line/index.ts';
import type { Camera, CameraState } from '../../renderer/kiosk/camera/index.ts';
import { createJourney, type Journey } from '../../renderer/kiosk/journey/index.ts';

// The journey's edges, played from a script: core and camera are other processes and devices.

function consentOf(version: string): Consent {
  return { version, title: 'May we?', points: [{ text: 'Your face is compared.' }], child: 'A parent decides.' };
}

export const kiosk: Kiosk = {
  event: { id: 1, name: 'Ana & Léo', accent: '#f2573d', attractPictures: [] },
  consents: { fr: consentOf('fr-1'), en: consentOf('en-1') },
  languages: ['fr', 'en'],
  mayBrowse: true,
  codeLength: 8,
  camera: { rotationDegrees: 0 },
  idle: { warnAfterMs: 30_000, wipeAfterMs: 15_000 },
  engine: { at: 'ready' },
};

export const visitId = '3f1f6c1e-6f0f-4a39-9c76-5d5f0f0b7f11';

/** What core answers a guest who wants the photos on the phone. */
export const gallery = {
  here: { url: 'http://192.168.1.20:8080/g/AAAAAAAAAAAAAAAAAAAAAA', shortAddress: '192.168.1.20:8080' },
  code: 'WXYZ6789',
  expiresOn: '2026-07-20',
};

export const photo = (id: number): Photo => ({
  id,
  sha256: id.toString(16).padStart(64, '0'),
  width: 3000,
  height: 2000,
  takenAt: '2026-06-20T18:30:00',
});

/** What a guest may print. */
export const print: NonNullable<Kiosk['print']> = {
  templates: [template('link', 1, { hasLink: true }), template('full', 1), template('square', 1), template('strip', 3)],
  pickUp: 'right',
  access: 'free',
  price: '',
};

export function template(id: string, photos: number, more: Partial<TemplateLook> = {}): TemplateLook {
  return { id, name: { fr: id, en: id }, photos, aspect: 2 / 3, turns: true, hasLink: false, ...more };
}

/** The sheet that a template is drawn as: its id tells which. */
export const pageOf = (templateId: string): PrintPage => ({
  id: `00000000-0000-4000-8000-${Buffer.from(templateId).toString('hex').padStart(12, '0').slice(0, 12)}`,
  width: 1200,
  height: 1800,
});

export const orderId = '5b0c3f5e-54a4-4f7f-8b9e-2a1b60b3a001';

export const orderOf = (more: Partial<OrderProgress> = {}): OrderProgress => ({
  ...{ orderId, state: 'waiting', sheets: 1, printed: 0, ahead: 0 },
  ...more,
});

export const faceAt = (x: number): FrameBox => ({ x: x - 0.125, y: 0.25, width: 0.25, height: 0.5 });

export const guidance = (advice: Advice, ...boxes: FrameBox[]): Guidance => ({
  advice,
  faces: boxes.map((box) => ({ box, isSubject: boxes.length === 1 })),
});

type Script = { [M in KioskMethod]: (payload: KioskRequest<M>) => KioskReply<M> | Promise<KioskReply<M>> };

export interface Asked {
  method: KioskMethod;
  payload: unknown;
}

export interface Stage {
  journey: Journey;
  script: Script;
  asked: Asked[];
  /** What is asked of core, each once. */
  methods: () => KioskMethod[];
  line: (line: Line) => void;
  /** What core tells by itself. */
  tell: <E extends keyof KioskEvents>(name: E, payload: KioskEvents[E]) => void;
  camera: Camera & { turn: (state: CameraState) => void; frames: number };
  forgotten: () => number;
  at: () => string;
  /** The camera's phase. */
  phase: () => string | undefined;
}

/** A kiosk whose core is there, unless the script says otherwise. */
export function setStage(settings: Partial<Kiosk> = {}): Stage {
  const asked: Asked[] = [];
  const lineListeners: ((line: Line) => void)[] = [];
  const eventListeners: { name: string; heard: (payload: unknown) => void }[] = [];
  let forgotten = 0;

  const script: Script = {
    'kiosk:open': () => ok({ ...kiosk, ...settings }),
    'visit:begin': () => ok({ visitId, photos: 40 }),
    'guide:check': () => ok(guidance('no-face')),
    'selfie:frame': () => ok({ isUseful: true }),
    'selfie:search': () => ok({ sure: [photo(1), photo(2)], maybe: [photo(3)], searchedPhotos: 40 }),
    'visit:answer': () => ok({}),
    'visit:keep': () => ok({ code: 'ABCD2345', expiresOn: '2026-07-20' }),
    'visit:share': () => ok(gallery),
    'print:allowance': () => ok({}),
    'print:page': ({ templateId }) => ok(pageOf(templateId)),
    'print:order': ({ copies }) => ok(orderOf({ sheets: copies })),
    'visit:resume': () => ok({ visitId, findings: { sure: [photo(7)], maybe: [], searchedPhotos: 60 }, newPhotos: 1 }),
    'visit:erase': () => ok({ faces: 2 }),
    'visit:end': () => ok({}),
    'camera:state': () => ok({}),
    'browse:hours': () => ok([{ hour: '2026-06-20T18', photos: 3 }]),
    'browse:photos': () => ok([photo(1), photo(2), photo(3)]),
  };

  const booth: Booth = {
    connect: () => undefined,
    ask: (method, payload) => {
      asked.push({ method, payload });
      // The compiler does not follow that the payload is that of this very method.
      const answer = script[method] as (request: unknown) => KioskReply<typeof method>;
      return Promise.resolve(payload).then(answer);
    },
    onLine: (listener) => lineListeners.push(listener),
    onEvent: (name, listener) => {
      const heard = listener as (payload: unknown) => void;
      eventListeners.push({ name, heard });
      return () => undefined;
    },
  };

  const camera = createScriptedCamera();
  const journey = createJourney({ booth, camera, forgetPictures: () => (forgotten += 1) });
  journey.start();

  return {
    journey,
    script,
    asked,
    methods: () => [...new Set(asked.map(({ method }) => method))],
    line: (line) => {
      for (const listener of lineListeners) listener(line);
    },
    tell: (name, payload) => {
      for (const listener of eventListeners) if (listener.name === name) listener.heard(payload);
    },
    camera,
    forgotten: () => forgotten,
    at: () => journey.store.getState().scene.at,
    phase: () => {
      const { scene } = journey.store.getState();
      return scene.at === 'camera' ? scene.phase.at : undefined;
    },
  };
}

/** Opens at once, and has a picture of one byte. */
function createScriptedCamera(): Stage['camera'] {
  const listeners: ((state: CameraState) => void)[] = [];
  let state: CameraState = { at: 'closed' };
  const turn = (next: CameraState) => {
    state = next;
    for (const listener of listeners) listener(next);
  };
  const camera: Stage['camera'] = {
    frames: 0,
    turn,
    open: () => {
      turn({ at: 'opening' });
      turn({ at: 'live', aspect: 16 / 9 });
    },
    close: () => turn({ at: 'closed' }),
    state: () => state,
    onState: (listener) => listeners.push(listener),
    frame: () => {
      camera.frames += 1;
      return Promise.resolve(state.at === 'live' ? new Uint8Array([camera.frames % 256]) : undefined);
    },
  };
  return camera;
}
