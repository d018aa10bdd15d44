import {
  phonePaths,
  type Erased,
  type Gallery,
  type GalleryAnswer,
  type Language,
  type Opened,
  type PhoneEvent,
  type Registered,
  type Registration,
  type SelfieAccepted,
  type SelfieJob,
} from '../../../preload/index.ts';
import { inTime } from '../inTime.ts';
import { isPassing, retryAfterMs, type Reply } from './reply.ts';

export interface Server {
  event: () => Promise<Reply<PhoneEvent>>;
  register: (registration: Registration) => Promise<Reply<Registered>>;
  uploadSelfie: (token: string, picture: Blob) => Promise<Reply<SelfieAccepted>>;
  selfieJob: (jobId: string) => Promise<Reply<SelfieJob>>;
  openGallery: (code: string) => Promise<Reply<Opened>>;
  gallery: (token: string) => Promise<Reply<Gallery>>;
  answer: (token: string, answer: GalleryAnswer) => Promise<Reply<Gallery>>;
  /** @param withFaces whether the guest's face goes out of the event's photos too */
  erase: (token: string, withFaces: boolean) => Promise<Reply<Erased>>;
}

/** What there is to a request besides its address. */
interface Question {
  method?: 'POST' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  body?: BodyInit;
}

interface ServerDeps {
  fetch: typeof fetch;
  /** Of the sentences that the server answers with. */
  language: () => Language;
  /** Told of each request whether anybody answered. */
  onReached: (isReached: boolean) => void;
}

// A server that the phone has walked away from does not refuse, it is silent.
const deadlineMs = 20_000;
const uploadDeadlineMs = 60_000;

/** The phone's side of [Note: Phones' API]. */
export const createServer = ({ fetch, language, onReached }: ServerDeps): Server => {
  const ask = async <T>(path: string, init: Question = {}, limitMs = deadlineMs): Promise<Reply<T>> => {
    try {
      const { response, body } = await inTime(limitMs, async (signal) => {
        const headers = { ...init.headers, 'Accept-Language': language() };
        const response = await fetch(path, { ...init, cache: 'no-store', signal, headers });
        const body: unknown = await response.json().catch(() => undefined);
        return { response, body };
      });
      onReached(true);
      if (response.ok) {
        // The boundary: these pages come from the very server that validates what it sends. One without a body has nothing to be read.
        return { kind: 'ok', value: body as T };
      }
      const message = messageOf(body);
      if (isPassing(response.status)) {
        return { kind: 'busy', afterMs: retryAfterMs(response.headers.get('Retry-After')), message };
      }
      return { kind: 'refused', status: response.status, message };
    } catch {
      // fetch rejects where there was no answer, and only there.
      onReached(false);
      return { kind: 'lost' };
    }
  };

  const post = <T>(path: string, body: object): Promise<Reply<T>> =>
    ask<T>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

  return {
    event: () => ask(phonePaths.event),
    register: (registration) => post(phonePaths.register, registration),
    uploadSelfie: (token, picture) => {
      const form = new FormData();
      form.append('selfie', picture, 'selfie.jpg');
      const headers = { Authorization: `Bearer ${token}` };
      return ask(phonePaths.uploadSelfie, { method: 'POST', headers, body: form }, uploadDeadlineMs);
    },
    selfieJob: (jobId) => ask(phonePaths.selfieJob(jobId)),
    openGallery: (code) => post(phonePaths.open, { code }),
    gallery: (token) => ask(phonePaths.gallery(token)),
    answer: (token, answer) => post(phonePaths.answer(token), answer),
    erase: (token, withFaces) => ask(`${phonePaths.gallery(token)}?faces=${String(withFaces)}`, { method: 'DELETE' }),
  };
};

/** The sentence in a refusal; empty where something else than the server has answered. */
const messageOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
    ? body.message
    : '';
