// What a booth's guests, photographers and crew do to its library, one thing at a time, each as the booth writes it: photos that are shown, replaced and put
// beside others; visits that begin, are noted and end; galleries, doors, withdrawn links; guests who are erased, events that are over and that are gone.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../../preload/index.ts';
import type { EventKeys, Sealer, Store } from '../../../main/core/index.ts';
import { originalPathOf } from '../../../main/core/library/index.ts';
import type { EventRow, VisitRow } from '../../../main/core/store/index.ts';
import { seeded } from '../../fixtures/random.ts';

/** Names of what lies in the cloud of a guest, besides the visit's own. */
export interface Named {
  visitId: string;
  contentsId: string;
  doorId: string;
}

export interface Hands {
  /** Does something; the same seed does the same to the same library. */
  work(seed: number): Promise<void>;
  /** One photo that goes in parts. */
  showLarge(seed: number): Promise<void>;
  /** What was cut off before it was shown is shown now. */
  goOn(): void;
}

const days = [7, 30];
const far = '2099-01-01';
const large = { bytes: 33 * 1024 ** 2, stepBytes: 1_000_003 };
const mostEvents = 5;
const mostVisits = 60;

/** @param deps.onNamed told before the library is */
export function createHands(deps: {
  libraryDir: string;
  store: Store;
  eventKeys: EventKeys;
  filesOf: (sha256: string) => { thumbnail: string; screen: string };
  onNamed: (named: Named) => void;
}): Hands {
  const { libraryDir, store, eventKeys, filesOf, onNamed } = deps;

  /** Of events that are not over. */
  const events = (): EventRow[] => store.events.list().filter(({ keyErasedAt }) => keyErasedAt === undefined);
  const visitsOf = ({ id }: EventRow): VisitRow[] => store.visits.since(id, '');
  const sealerOf = ({ id }: EventRow): Sealer => done(eventKeys.sealerOf(id));

  async function show(event: EventRow, bytes: Buffer, name: string, extension: string): Promise<void> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const files = filesOf(sha256);
    await put(originalPathOf(libraryDir, { eventUid: event.uid, sha256 }), bytes);
    await put(files.thumbnail, Buffer.from(`thumbnail of ${sha256}`));
    await put(files.screen, Buffer.from(`screen of ${sha256} `.repeat(100)));
    const origin = { path: `/photos/${name}${extension}`, sizeBytes: bytes.length, modifiedMs: Date.now() };
    const { photoId } = done(store.photos.addStored(event.id, { sha256, extension, sizeBytes: bytes.length }, origin));
    search(photoId);
  }

  /** As if somebody had looked at it, and seen the same as in all others: what is written anew takes the old one's place. */
  function search(photoId: number): void {
    const photo = store.photos.find(photoId);
    if (photo === undefined) return;
    const searched = { width: 30, height: 20, notes: [], faces: [], hash: '0123456789abcdef' };
    done(store.commitAnalysis(photo, searched, pack));
  }

  function note(event: EventRow, { id }: VisitRow, random: () => number): void {
    const all = [...store.photos.hashes(event.id)];
    const count = Math.floor(random() * Math.min(all.length, 4));
    const matches = Array.from({ length: count }, () => ({
      sha256: pickOf(random, all),
      ...{ x: 1, y: 1, width: 8, height: 8 },
    }));
    const content = { matches, name: `Guest ${hexOf(random, 4)}` };
    const sealed = sealerOf(event).seal(`visit/${id}`, Buffer.from(JSON.stringify(content)));
    done(store.visits.note(id, { photos: count, sealed }));
  }

  const sealedGallery = (event: EventRow, visitId: string, random: () => number): Buffer => {
    const key = Buffer.from(hexOf(random, 64), 'hex').toString('base64');
    const language = pickOf(random, ['en', 'fr']);
    const content = { key, language, packKey: pack, probes: [], answers: [], photos: [] };
    return sealerOf(event).seal(`cloud/${visitId}`, Buffer.from(JSON.stringify(content)));
  };

  /** A guest is given a link, and has a gallery with it. */
  function share(event: EventRow, visit: VisitRow, random: () => number): void {
    const visitId = visit.id;
    const gallery = store.cloudGalleries.get(visitId);
    const contentsId = gallery?.contentsId ?? hexOf(random, 32);
    const galleryDays = gallery?.days ?? pickOf(random, days);
    const door = {
      id: hexOf(random, 32),
      days: pickOf(random, days),
      bytes: Buffer.from(JSON.stringify({ version: 1, sealed: Buffer.from(hexOf(random, 200)).toString('base64') })),
    };
    onNamed({ visitId, contentsId, doorId: door.id });
    const kept = {
      lookup: Buffer.from(hexOf(random, 64), 'hex'),
      sealed: Buffer.from(hexOf(random, 100)),
      expiresOn: far,
    };
    const sealed = sealedGallery(event, visitId, random);
    const row = { visitId, eventId: event.id, contentsId, days: galleryDays, expiresOn: far, sealed };
    done(
      store.inOneCommit(() => {
        done(store.keptVisits.put(event.id, visitId, 'link', kept, door));
        return store.cloudGalleries.put(row);
      }),
    );
  }

  function begin(event: EventRow, random: () => number): void {
    const id = uuidOf(random);
    const consent = { language: 'en', version: '1', text: 'You agree.' } as const;
    done(store.visits.add({ id, eventId: event.id, at: new Date().toISOString(), consent }));
  }

  const addEvent = (random: () => number): EventRow =>
    done(store.events.add({ code: `event-${hexOf(random, 8)}`, state: 'open', settings: '{}' }));

  /** Of a guest of that event; a new one where there is none. */
  async function withVisit(
    event: EventRow,
    random: () => number,
    act: (visit: VisitRow) => void | Promise<void>,
  ): Promise<void> {
    const visits = visitsOf(event);
    if (visits.length === 0) begin(event, random);
    else await act(pickOf(random, visits));
  }

  /** As often as it stands here. */
  const deeds: readonly [number, (event: EventRow, random: () => number) => void | Promise<void>][] = [
    [26, (event, random) => show(event, bytesOf(random, 2_000 + random() * 150_000), hexOf(random, 12), '.jpg')],
    // A file that was there is written anew: most of these names are taken after a while.
    [10, (event, random) => show(event, bytesOf(random, 50_000), `again-${String(Math.floor(random() * 6))}`, '.jpg')],
    [
      5,
      async (event, random) => {
        const name = `pair-${hexOf(random, 6)}`;
        await show(event, bytesOf(random, 90_000), name, '.cr2');
        if (random() < 0.7) await show(event, bytesOf(random, 20_000), name, '.jpg');
      },
    ],
    [
      14,
      (event, random) => {
        if (visitsOf(event).length < mostVisits) begin(event, random);
      },
    ],
    [12, (event, random) => withVisit(event, random, (visit) => note(event, visit, random))],
    [5, (event, random) => withVisit(event, random, ({ id }) => done(store.visits.end(id)))],
    [18, (event, random) => withVisit(event, random, (visit) => share(event, visit, random))],
    [
      8,
      (event, random) =>
        withVisit(event, random, ({ id }) => {
          const gallery = store.cloudGalleries.get(id);
          if (gallery === undefined) return;
          done(store.cloudGalleries.put({ ...gallery, sealed: sealedGallery(event, id, random) }));
        }),
    ],
    [3, (event, random) => withVisit(event, random, ({ id }) => void done(store.keptVisits.removeLinks(id)))],
    [7, (event, random) => withVisit(event, random, (visit) => void done(store.eraseVisit(visit, 'guest', [])))],
    [
      3,
      (event, random) =>
        done(store.events.update(event.id, { code: event.code, settings: `{"name":"${hexOf(random, 8)}"}` })),
    ],
    [
      2,
      (_, random) => {
        if (events().length < mostEvents) addEvent(random);
      },
    ],
    [
      1,
      ({ id }) => {
        if (events().length > 2) done(eventKeys.erase(id));
      },
    ],
    [
      1,
      ({ uid }) => {
        if (events().length > 2) done(store.records.removeEvent(uid));
      },
    ],
  ];
  const all = deeds.flatMap(([often, deed]) => Array.from({ length: often }, () => deed));

  return {
    work: async (seed) => {
      const random = seeded(seed);
      const known = events();
      const event = known.length === 0 ? addEvent(random) : pickOf(random, known);
      await pickOf(random, all)(event, random);
    },
    showLarge: async (seed) => {
      const random = seeded(seed);
      const event = events().at(0) ?? addEvent(random);
      await show(event, bytesOf(random, large.bytes + random() * large.stepBytes), hexOf(random, 12), '.jpg');
    },
    goOn: () => {
      for (const { id } of store.events.list()) {
        for (const photo of store.photos.listPending(id, pack)) search(photo.id);
      }
    },
  };
}

const pack = 'pack';

function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code} ${result.fault.detail ?? ''}`);
  return result.value;
}

/** Anew: whoever was cut off while writing it left half of it. */
async function put(file: string, bytes: Buffer): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

const pickOf = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)];

const hexOf = (random: () => number, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');

const uuidOf = (random: () => number): string => [8, 4, 4, 4, 12].map((digits) => hexOf(random, digits)).join('-');

/** Nothing twice in it, so that a piece that goes missing or comes twice is noticed. */
function bytesOf(random: () => number, sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(Math.floor(sizeBytes / 4) * 4);
  let state = Math.floor(random() * 2 ** 32);
  for (let at = 0; at < bytes.length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(state, at);
  }
  return bytes;
}
