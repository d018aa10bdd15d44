import { z } from 'zod';
import { faultSchema, type Fault } from '../../../preload/index.ts';

/** What lies in the cloud of a photo: what is brought there first, and how large it is, about, where the photo's own size does not say so. */
export const outboxKinds = {
  thumbnail: { priority: 1, aboutBytes: 70_000 },
  screen: { priority: 2, aboutBytes: 500_000 },
  photo: { priority: 3, aboutBytes: undefined },
} as const satisfies Record<string, { priority: number; aboutBytes: number | undefined }>;

/** What takes the place of something is there before that goes. */
export const removalPriority = 4;

export const outboxPriorities = [...Object.values(outboxKinds).map(({ priority }) => priority), removalPriority];

export type OutboxKind = keyof typeof outboxKinds;

/** In SQL, as Date.toISOString writes it. */
export const now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

/** Something that is to be done in the cloud. */
export interface OutboxRow {
  id: number;
  eventUid: string;
  kind: OutboxKind;
  /** The photo's SHA-256. */
  subject: string;
  /** Of the photo's original, with its dot. */
  extension: string;
  does: 'put' | 'remove';
  /** About. */
  sizeBytes: number;
  /** Which of the things that were to be done with it. */
  change: number;
  /** That came to nothing. */
  tries: number;
  /** ISO 8601; until then it is not tried. */
  nextAt: string;
  /** Why the last try came to nothing. */
  fault: Fault | undefined;
}

export interface RawOutboxRow extends Omit<OutboxRow, 'kind' | 'does' | 'fault'> {
  kind: string;
  does: string;
  faultCode: string | null;
  faultDetail: string | null;
}

export const outboxColumns = `id, event_uid AS eventUid, kind, subject, extension, does, size_bytes AS sizeBytes, change, tries,
  next_at AS nextAt, fault_code AS faultCode, fault_detail AS faultDetail`;

export const outboxKindSchema = z.enum(['thumbnail', 'screen', 'photo']);
const doesSchema = z.enum(['put', 'remove']);

export const outboxRowOf = ({ kind, does, faultCode, faultDetail, ...row }: RawOutboxRow): OutboxRow => ({
  ...row,
  kind: outboxKindSchema.parse(kind),
  does: doesSchema.parse(does),
  fault:
    faultCode === null
      ? undefined
      : faultSchema.parse({ code: faultCode, ...(faultDetail === null ? {} : { detail: faultDetail }) }),
});
