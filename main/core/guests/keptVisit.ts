import { z } from 'zod';
import { fail, languageSchema, ok, type Result } from '../../../preload/index.ts';
import type { Sealer } from '../keys/index.ts';
import type { Store } from '../store/index.ts';
import { newCode } from './code.ts';
import { keysOf, seal, unseal, type CodeKeys } from './seal.ts';

const consentSchema = z.object({ version: z.string(), language: languageSchema, at: z.iso.datetime() });

/** What a code brings back. */
const contentSchema = z.object({
  packKey: z.string(),
  /** Float32, little endian, base 64. */
  probes: z.array(z.string()),
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
  answers: Map<number, boolean>;
  seen: Set<number>;
  consent: Consent;
}

/** The place that a code opens. */
export interface Keepsake {
  code: string;
  keys: CodeKeys;
  /** 'YYYY-MM-DD' */
  expiresOn: string;
}

/** What guests have asked to be kept for them. See [Note: Codes]. */
export interface KeptVisits {
  /** A new code, under which nothing is kept yet. */
  make(): Promise<Keepsake>;
  /** Keeps it in the place of what was kept before. @param recordId of the visit that it goes with */
  put(recordId: string, keepsake: Keepsake, content: KeptContent): Result<void>;
  /** @returns code.unknown also for one that has expired */
  open(code: string): Promise<Result<{ keepsake: Keepsake; content: KeptContent }>>;
  removeExpired(): void;
}

/** @param deps.localDate 'YYYY-MM-DD', so many days from today where the event is */
export function createKeptVisits(deps: {
  store: Store;
  eventId: number;
  sealer: Sealer;
  retentionDays: () => number;
  localDate: (daysAhead: number) => string;
}): KeptVisits {
  const { store, eventId, sealer, retentionDays, localDate } = deps;
  const salt = store.events.codeSaltOf(eventId);
  if (salt === undefined) throw new Error(`there is no event ${String(eventId)}`);

  return {
    make: async () => {
      const code = newCode();
      return { code, keys: await keysOf(code, salt), expiresOn: localDate(retentionDays()) };
    },

    put: (recordId, { keys, expiresOn }, content) => {
      const { lookup } = keys;
      const sealed = sealer.seal(placeOf(lookup), seal(keys, textOf(content)));
      return store.keptVisits.put(eventId, recordId, { lookup, sealed, expiresOn });
    },

    open: async (code) => {
      const keys = await keysOf(code, salt);
      const row = store.keptVisits.find(eventId, keys.lookup, localDate(0));
      const inner = row && sealer.unseal(placeOf(keys.lookup), row.sealed);
      const text = inner && unseal(keys, inner);
      if (row === undefined || text === undefined) return fail('code.unknown');
      return ok({ keepsake: { code, keys, expiresOn: row.expiresOn }, content: contentOf(text) });
    },

    removeExpired: () => void store.keptVisits.removeExpired(localDate(0), eventId),
  };
}

const placeOf = (lookup: Buffer): string => `kept/${lookup.toString('hex')}`;

function textOf({ packKey, probes, answers, seen, consent }: KeptContent): string {
  const content: z.input<typeof contentSchema> = {
    packKey,
    probes: probes.map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
    ),
    answers: [...answers].map(([photoId, isMe]) => ({ photoId, isMe })),
    seen: [...seen],
    consent,
  };
  return JSON.stringify(content);
}

function contentOf(text: string): KeptContent {
  const { probes, answers, seen, ...content } = contentSchema.parse(JSON.parse(text));
  return {
    ...content,
    probes: probes.map((base64) => new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer)),
    answers: new Map(answers.map(({ photoId, isMe }) => [photoId, isMe])),
    seen: new Set(seen),
  };
}
