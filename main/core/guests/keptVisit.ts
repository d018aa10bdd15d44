import { z } from 'zod';
import { doorOfCode, doorOfToken, fail, languageSchema, ok, type Result } from '../../../preload/index.ts';
import type { Sealer } from '../keys/index.ts';
import type { KeptKind, Store } from '../store/index.ts';
import { codeLengthFor, newCode, newToken } from './code.ts';
import { doorRowOf, type CloudContentsKey, type Door } from './door.ts';
import { base64Of, floatsOf } from './floats.ts';
import { keysOfCode, keysOfToken, seal, unseal, type SecretKeys } from './seal.ts';

const consentSchema = z.object({ version: z.string(), language: languageSchema, at: z.iso.datetime() });

/** What a code or a link brings back. */
const contentSchema = z.object({
  packKey: z.string(),
  /** Float32, little endian, base 64. */
  probes: z.array(z.string()),
  /** Likewise: one of each person that a phone's selfies have shown. */
  people: z.array(z.string()).default([]),
  /** The guest's own word on photos. */
  answers: z.array(z.object({ photoId: z.number().int(), isMe: z.boolean() })),
  /** Photos that had been found by the last visit. */
  seen: z.array(z.number().int()),
  consent: consentSchema,
});

export type Consent = z.infer<typeof consentSchema>;

export interface KeptContent {
  packKey: string;
  /** Each Float32Array [dimensions], unit length. */
  probes: Float32Array[];
  /** Likewise: one of each person that a phone's selfies have shown. */
  people: Float32Array[];
  answers: Map<number, boolean>;
  seen: Set<number>;
  consent: Consent;
}

/** The place that a code or a link opens. */
export interface Keepsake {
  kind: KeptKind;
  /** What the guest is given; kept nowhere. */
  secret: string;
  keys: SecretKeys;
  /** 'YYYY-MM-DD' */
  expiresOn: string;
  /** undefined for one that opens nothing in the cloud. */
  door: Door | undefined;
}

/** What guests have asked to be kept for them. See [Note: Codes]. */
export interface KeptVisits {
  /** A new code, under which nothing is kept yet. */
  makeCode(): Promise<Keepsake>;
  /** A new link, likewise. @param expiresOn where it is to last no longer than a code */
  makeLink(expiresOn?: string): Promise<Keepsake>;
  /**
   * Keeps it in the place of what was kept before.
   *
   * @param recordId of the visit that it goes with
   * @param contents what its door leads to; without them it gets none
   */
  put(recordId: string, keepsake: Keepsake, content: KeptContent, contents?: CloudContentsKey): Result<void>;
  /** @returns code.unknown also for one that has expired */
  openCode(code: string): Promise<Result<OpenedKeepsake>>;
  /** @returns guest.unknown also for one that has expired or was withdrawn */
  openLink(token: string): Result<OpenedKeepsake>;
  /** By what a link is found. */
  lookupOf(token: string): Buffer;
  /** The visit's links open nothing any more, nor do their doors; its code goes on opening. */
  removeLinks(recordId: string): Result<void>;
  removeExpired(): void;
}

export interface OpenedKeepsake {
  keepsake: Keepsake;
  content: KeptContent;
}

/**
 * @param deps.hasCloudGalleries whether what is given opens a gallery in the cloud as well
 * @param deps.localDate 'YYYY-MM-DD', so many days from today where the event is
 */
export function createKeptVisits(deps: {
  store: Store;
  eventId: number;
  sealer: Sealer;
  hasCloudGalleries?: boolean;
  retentionDays: () => number;
  localDate: (daysAhead: number) => string;
}): KeptVisits {
  const { store, eventId, sealer, hasCloudGalleries = false, retentionDays, localDate } = deps;
  const salt = store.events.codeSaltOf(eventId);
  if (salt === undefined) throw new Error(`there is no event ${String(eventId)}`);

  function open(of: Pick<Keepsake, 'kind' | 'secret' | 'keys'>): OpenedKeepsake | undefined {
    const { lookup } = of.keys;
    const row = store.keptVisits.find(eventId, lookup, localDate(0));
    const inner = row && sealer.unseal(placeOf(lookup), row.sealed);
    const text = inner && unseal(of.keys, inner);
    if (row === undefined || text === undefined) return undefined;
    const { expiresOn, doorDays } = row;
    const door = doorDays === undefined ? undefined : { days: doorDays, keys: undefined };
    return { keepsake: { ...of, expiresOn, door }, content: contentOf(text) };
  }

  const doorBy = async (derive: typeof doorOfCode, secret: string): Promise<Door | undefined> =>
    hasCloudGalleries ? { days: retentionDays(), keys: await derive(secret) } : undefined;

  return {
    makeCode: async () => {
      const secret = newCode(codeLengthFor(hasCloudGalleries));
      const [keys, door] = await Promise.all([keysOfCode(secret, salt), doorBy(doorOfCode, secret)]);
      return { kind: 'code', secret, keys, expiresOn: localDate(retentionDays()), door };
    },
    makeLink: async (expiresOn = localDate(retentionDays())) => {
      const secret = newToken();
      const door = await doorBy(doorOfToken, secret);
      return { kind: 'link', secret, keys: keysOfToken(secret, salt), expiresOn, door };
    },

    put: (recordId, { kind, keys, expiresOn, door }, content, contents) => {
      const { lookup } = keys;
      const sealed = sealer.seal(placeOf(lookup), seal(keys, textOf(content)));
      const doorRow = door && contents && doorRowOf(door, contents);
      return store.keptVisits.put(eventId, recordId, kind, { lookup, sealed, expiresOn }, doorRow);
    },

    openCode: async (secret) => {
      const opened = open({ kind: 'code', secret, keys: await keysOfCode(secret, salt) });
      return opened === undefined ? fail('code.unknown') : ok(opened);
    },
    openLink: (secret) => {
      const opened = open({ kind: 'link', secret, keys: keysOfToken(secret, salt) });
      return opened === undefined ? fail('guest.unknown') : ok(opened);
    },
    lookupOf: (token) => keysOfToken(token, salt).lookup,

    removeLinks: (recordId) =>
      store.inOneCommit(() => {
        const removed = store.keptVisits.removeLinks(recordId);
        const closed = removed.ok ? store.cloudGalleries.removeDoorless(eventId) : removed;
        return closed.ok ? ok(undefined) : closed;
      }),

    removeExpired: () => {
      const today = localDate(0);
      store.keptVisits.removeExpired(today, eventId);
      store.cloudGalleries.removeExpired(today, eventId);
      store.cloudGalleries.removeDoorless(eventId);
    },
  };
}

const placeOf = (lookup: Buffer): string => `kept/${lookup.toString('hex')}`;

function textOf({ packKey, probes, people, answers, seen, consent }: KeptContent): string {
  const content: z.input<typeof contentSchema> = {
    packKey,
    probes: probes.map(base64Of),
    people: people.map(base64Of),
    answers: [...answers].map(([photoId, isMe]) => ({ photoId, isMe })),
    seen: [...seen],
    consent,
  };
  return JSON.stringify(content);
}

function contentOf(text: string): KeptContent {
  const { probes, people, answers, seen, ...content } = contentSchema.parse(JSON.parse(text));
  return {
    ...content,
    probes: probes.map(floatsOf),
    people: people.map(floatsOf),
    answers: new Map(answers.map(({ photoId, isMe }) => [photoId, isMe])),
    seen: new Set(seen),
  };
}
