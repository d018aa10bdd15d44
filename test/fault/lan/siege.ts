import { phonePaths, registeredSchema, phoneEventSchema } from '../../../preload/index.ts';
import type { LanBooth } from './booth.ts';
import { jsonOf, type Answer, type Wire } from './wire.ts';

/** What attacks share: the booth, who attacks it, and what has been seen. */
export interface Siege {
  booth: LanBooth;
  /** Whether the wires speak TLS. */
  isSecure: boolean;
  limits: { requestMs: number; headersMs: number; keepAliveMs: number; silentMs: number };
  random: () => number;
  /** So many of something, of which there are fewer in the short form. */
  some: (count: number) => number;
  eventCode: string;
  wire: (from: string) => Wire;
  /** What may be in no line of the log. */
  secrets: Set<string>;
  /** Something that has to hold. */
  check: (what: string, holds: boolean, seen?: unknown) => void;
  count: (what: string, by?: number) => void;
}

/** Nobody else has this name; no answer may have it. */
export const guestsName = 'Zelda Quintilla';
export const guestsEmail = 'zelda@quintilla.example';

/** A guest of the event. @returns the token */
export async function register({ eventCode, secrets }: Siege, wire: Wire): Promise<string> {
  const event = phoneEventSchema.parse(JSON.parse((await wire.ask({ path: phonePaths.event })).body));
  const consent = { version: event.consents.en?.version ?? '' };
  const asking = { eventCode, language: 'en', consent, name: guestsName, email: guestsEmail };
  const answer = await wire.ask(jsonOf(phonePaths.register, asking));
  if (answer.status !== 201) throw new Error(`a guest is refused: ${answer.body}`);
  const { guestToken } = registeredSchema.parse(JSON.parse(answer.body));
  secrets.add(guestToken);
  return guestToken;
}

/** Asks as a guest does who is at no fault, again and again, until the attacks are over. */
export function watch(wire: Wire, token: string) {
  let isOver = false;
  const answers: Answer[] = [];
  const watching = (async () => {
    while (!isOver) {
      answers.push(await wire.ask({ path: phonePaths.gallery(token) }));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await watching;
      const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
      return {
        asked: answers.length,
        usualMs: Math.round(times[Math.floor(0.95 * (times.length - 1))]),
        unserved: answers.filter(({ status }) => status !== 200).map(({ status }) => status),
        slowestMs: Math.round(times[times.length - 1]),
      };
    },
  };
}

const needed = [
  ...['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy'],
  ...['permissions-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'cache-control'],
];

/** What is wrong with an answer, whatever it answers. */
export function faultsOf({ status, headers, body }: Answer): string[] {
  // Node's own word to a request that names no host, before anybody else has seen it.
  if (status === 400 && body === '0\r\n\r\n') return [];
  const missing = needed.filter((name) => !headers.has(name)).map((name) => `${String(status)} without ${name}`);
  const cors = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
  const tells = [guestsName, guestsEmail].filter((secret) => body.includes(secret));
  return [...missing, ...cors, ...tells.map((secret) => `${String(status)} tells ${secret}`)];
}

export const isRefused = ({ status }: Pick<Answer, 'status'>): boolean => status >= 400 && status < 500;
