import { z } from 'zod';
import { faultSchema, syncKinds, type Fault, type SyncKind, type SyncLane } from '../../../preload/index.ts';

/** How something that is brought somewhere stands among the others. */
interface OutboxKindLook {
  lane: SyncLane;
  /** The lowest of a lane first; no two lanes have the same. */
  priority: number;
  /** How large it is, about, where what it is of does not say so. */
  aboutBytes: number | undefined;
}

/** Guests' own things before photos, and of photos the small ones first. */
export const outboxKinds = {
  page: { lane: 'bucket', priority: 1, aboutBytes: 60_000 },
  result: { lane: 'bucket', priority: 1, aboutBytes: 2_000 },
  erasure: { lane: 'bucket', priority: 1, aboutBytes: 200 },
  gallery: { lane: 'bucket', priority: 1, aboutBytes: 4_000 },
  // What it leads to is there before it.
  door: { lane: 'bucket', priority: 2, aboutBytes: 300 },
  thumbnail: { lane: 'bucket', priority: 3, aboutBytes: 70_000 },
  screen: { lane: 'bucket', priority: 4, aboutBytes: 500_000 },
  photo: { lane: 'bucket', priority: 5, aboutBytes: undefined },
  guest: { lane: 'findme', priority: 10, aboutBytes: 500 },
  selfie: { lane: 'findme', priority: 11, aboutBytes: 100_000 },
  mail: { lane: 'mail', priority: 20, aboutBytes: 8_000 },
} as const satisfies Record<SyncKind, OutboxKindLook>;

/** What was somebody's goes before anything else. */
export const personalRemovalPriority = 0;
/** What takes the place of a photo is there before that goes. */
export const photoRemovalPriority = 6;

/** By lane, the most urgent first. */
export const prioritiesOf = (lane: SyncLane): readonly number[] =>
  lane === 'bucket'
    ? [personalRemovalPriority, 1, 2, 3, 4, 5, photoRemovalPriority]
    : [...new Set(kindsOf(lane).map((kind) => outboxKinds[kind].priority))];

export const kindsOf = (lane: SyncLane): SyncKind[] => syncKinds.filter((kind) => outboxKinds[kind].lane === lane);

export type OutboxKind = SyncKind;

/** In SQL, as Date.toISOString writes it. */
export const now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

/** Something that is to be done in the cloud. */
export interface OutboxRow {
  id: number;
  /** Empty for what belongs to no event. */
  eventUid: string;
  kind: OutboxKind;
  /** Of a photo, its SHA-256; of a guest, the visit's id; of a gallery or a door, `30d/ID`; of a page, its path. */
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

export const outboxKindSchema = z.enum(syncKinds);
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
