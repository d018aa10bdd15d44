import { z } from 'zod';
import { fail, ok, type Result, type StaffVisit } from '../../../preload/index.ts';
import type { Sealer } from '../keys/index.ts';
import type { ConsentText, FaceBox, Store, VisitRow } from '../store/index.ts';
import type { Visit } from './visitMemory.ts';

/** A photo by its bytes and a face by where it is: these mean the same on every booth, and whichever models have looked. */
const matchSchema = z.object({
  sha256: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

const sealedSchema = z.object({
  matches: z.array(matchSchema),
  /** What the crew calls the guest. */
  crewName: z.string().optional(),
  /** As the guest gave it; so is the address. */
  name: z.string().optional(),
  email: z.string().optional(),
});

type Sealed = z.infer<typeof sealedSchema>;
export type RecordedMatch = Sealed['matches'][number];

/** What is written down of visits: that there was one and what the guest agreed to, and sealed under the event's key, who it was. */
export interface VisitRecords {
  /** Before anything is looked at. */
  begin(id: string, consent: ConsentText, at: string): Result<void>;
  /** Brings the record up to what is known of the guest. */
  note(visit: Visit): Result<void>;
  /** What the guest said of themselves. */
  identify(id: string, guest: { name: string | undefined; email: string | undefined }): Result<void>;
  /** What staff call the guest by, whatever the guest is called; nothing takes any name away. @returns visit.unknown */
  name: (id: string, name: string) => Result<void>;
  end(id: string): void;
  matchesOf(row: VisitRow): RecordedMatch[];
  /** What the guest has said of themselves: what the crew notes is for the crew. */
  identityOf(row: VisitRow): { name: string | undefined; email: string | undefined };
  /** Newest first, and those that were erased. @param from ISO 8601 */
  since(from: string): StaffVisit[];
}

export function createVisitRecords({
  store,
  sealer,
  eventId,
}: {
  store: Store;
  sealer: Sealer;
  eventId: number;
}): VisitRecords {
  const placeOf = (id: string) => `visit/${id}`;

  function open({ id, sealed }: VisitRow): Sealed {
    const plain = sealed && sealer.unseal(placeOf(id), sealed);
    return plain === undefined ? { matches: [] } : sealedSchema.parse(JSON.parse(plain.toString('utf8')));
  }

  function write({ id }: VisitRow, content: Sealed): Result<void> {
    const sealed = sealer.seal(placeOf(id), Buffer.from(JSON.stringify(content), 'utf8'));
    return store.visits.note(id, { photos: content.matches.length, sealed });
  }

  function* recordedMatches(matches: ReadonlyMap<number, number>): Generator<RecordedMatch> {
    for (const [photoId, faceId] of matches) {
      const photo = store.photos.shown(eventId, photoId);
      const box: FaceBox | undefined = store.faces.boxOf(faceId);
      if (photo !== undefined && box !== undefined) yield { sha256: photo.sha256, ...box };
    }
  }

  return {
    begin: (id, consent, at) => store.visits.add({ id, eventId, at, consent }),
    note: ({ recordId, matches }) => {
      const row = store.visits.get(recordId);
      if (row === undefined) return ok(undefined);
      return write(row, { ...open(row), matches: [...recordedMatches(matches)] });
    },
    name: (id, name) => {
      const row = store.visits.get(id);
      if (row?.eventId !== eventId) return fail('visit.unknown');
      const { name: ownName, ...others } = open(row);
      return write(
        row,
        name === '' ? { ...others, crewName: undefined } : { ...others, name: ownName, crewName: name },
      );
    },
    identify: (id, { name, email }) => {
      const row = store.visits.get(id);
      if (row === undefined) return fail('visit.unknown');
      return write(row, {
        ...open(row),
        ...(name === undefined ? {} : { name }),
        ...(email === undefined ? {} : { email }),
      });
    },
    end: (id) => void store.visits.end(id),
    matchesOf: (row) => open(row).matches,
    identityOf: (row) => {
      const { name, email } = open(row);
      return { name, email };
    },
    since: (from) => {
      const visits = store.visits.since(eventId, from).map((row): StaffVisit => {
        const { name: ownName, crewName: name = ownName } = open(row);
        return {
          visitId: row.id,
          beganAt: row.beganAt,
          ...(row.endedAt === undefined ? {} : { endedAt: row.endedAt }),
          language: row.language,
          photos: row.photos,
          hasCode: row.hasCode,
          hasLink: row.hasLink,
          ...(name === undefined ? {} : { name }),
        };
      });
      const erased = store.visits.erasuresSince(eventId, from).map(({ visitId, at }): StaffVisit => ({
        visitId,
        beganAt: at,
        photos: 0,
        hasCode: false,
        hasLink: false,
        erasedAt: at,
      }));
      return [...visits, ...erased].sort((a, b) => b.beganAt.localeCompare(a.beganAt));
    },
  };
}
