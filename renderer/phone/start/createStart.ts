import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Consent, Language, PhoneEvent } from '../../../preload/index.ts';
import type { Kept, KeptVisit } from '../kept.ts';
import type { Server } from '../server/index.ts';

export type StartState =
  /** `problem`: what the last try was refused with; empty where nobody answered. */
  | { at: 'open'; problem: string | undefined }
  | { at: 'asking' }
  /** The guest has agreed; the selfie is next. */
  | { at: 'registered'; token: string };

export interface Agreement {
  language: Language;
  consent: Consent | undefined;
  eventCode: string;
  name: string;
  email: string;
}

export interface Start {
  store: StoreApi<StartState>;
  /** The gallery that this phone has of the event. */
  visit: (event: PhoneEvent, eventCode: string | undefined) => KeptVisit | undefined;
  /** Registers the guest, and goes on to the selfie. */
  agree: (agreement: Agreement) => Promise<void>;
  /** Opens the gallery of a code that the kiosk gave. @param eventCode as far as it is known, under which the phone keeps it */
  openByCode: (code: string, eventCode: string | undefined) => Promise<void>;
  /** Takes back what was said of a try that the guest has turned away from. */
  forgetProblem: () => void;
  /** Back where nothing has been asked. */
  reset: () => void;
}

interface StartDeps {
  server: Server;
  kept: Kept;
  onRegistered: (token: string) => void;
  /** The event may be another now, or its text. */
  onRefused: () => void;
  onGallery: (galleryUrl: string) => void;
}

/** How a guest gets to a gallery: by agreeing to be looked for, or with the kiosk's code. */
export const createStart = ({ server, kept, onRegistered, onRefused, onGallery }: StartDeps): Start => {
  const open: StartState = { at: 'open', problem: undefined };
  const store = createStore<StartState>(() => open);
  const become = (state: StartState): void => {
    store.setState(state, true);
  };
  return {
    store,
    visit: (event, eventCode) => kept.visitOf(event.code ?? eventCode),
    agree: async ({ language, consent, eventCode, name, email }) => {
      become({ at: 'asking' });
      const reply = await server.register({
        eventCode: eventCode.trim(),
        language,
        ...(consent !== undefined && { consent: { version: consent.version } }),
        ...(name.trim() !== '' && { name: name.trim() }),
        ...(email.trim() !== '' && { email: email.trim() }),
      });
      if (reply.kind !== 'ok') {
        become({ at: 'open', problem: reply.kind === 'lost' ? '' : reply.message });
        if (reply.kind === 'refused') onRefused();
        return;
      }
      const { guestToken, expiresAt } = reply.value;
      kept.keep(eventCode.trim(), { token: guestToken, expiresAt });
      become({ at: 'registered', token: guestToken });
      onRegistered(guestToken);
    },
    openByCode: async (code, eventCode) => {
      become({ at: 'asking' });
      const reply = await server.openGallery(code);
      if (reply.kind === 'ok') {
        kept.keep(eventCode, { token: reply.value.guestToken });
        become(open);
        onGallery(reply.value.galleryUrl);
      } else {
        become({ at: 'open', problem: reply.kind === 'lost' ? '' : reply.message });
      }
    },
    forgetProblem: () => {
      if (store.getState().at === 'open') become(open);
    },
    reset: () => {
      become(open);
    },
  };
};
