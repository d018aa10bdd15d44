import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ok, type Result } from '../../../preload/index.ts';
import { keyBytes, type Sealer } from '../keys/index.ts';
import type { Matching, Vision } from '../matching/index.ts';
import type { CloudGalleryRow, Store } from '../store/index.ts';
import { sealGallery, unsealGallery, type CloudGalleryContent } from './cloudGalleryRow.ts';
import type { CloudContentsKey } from './door.ts';
import { findingsFor } from './findings.ts';
import { base64Of, floatsOf } from './floats.ts';
import type { KeptContent, Keepsake } from './keptVisit.ts';
import { areAmong } from './samePerson.ts';

// A guest's gallery in the cloud grows when the guest has long left, and no code or link is there to say who that was. What that takes, and no more, is
// kept under the event's key: whoever erases that key ends it for all.

/** The galleries in the cloud of an event's guests, as they are to be there. See [Note: Cloud galleries]. */
export interface CloudGalleries {
  /**
   * Brings a visit's gallery up to date, within the commit that writes its doors; there is one from the first door on.
   *
   * @param keepsakes what the guest has been given
   * @param photoIds those that are surely the guest's, best first; undefined where nobody has searched: what is there stays, and a new gallery is
   *   searched for in the background
   * @returns what doors lead to; undefined where there are none
   */
  put(
    visitId: string,
    keepsakes: readonly Keepsake[],
    content: Pick<KeptContent, 'packKey' | 'probes' | 'answers' | 'consent'>,
    photoIds: readonly number[] | undefined,
  ): Result<CloudContentsKey | undefined>;
  /** What the guest has said of photos, by whatever door, if these templates show the one whose gallery it is. */
  answersOf(visitId: string, of: Pick<KeptContent, 'packKey' | 'probes'>): [number, boolean][];
  /** Photos have come or gone: all galleries are searched anew, by and by. */
  outdate(): void;
  stop(): Promise<void>;
}

/** Photos come in bursts, and hundreds of galleries are searched for each. */
export interface SweepPace {
  /** From the first photo until the galleries are searched. */
  firstAfterMs: number;
  /** From the beginning of one search of all galleries to that of the next. */
  betweenMs: number;
  /** Between two galleries: a guest who is waiting goes before. */
  breathMs: number;
}

const usualPace: SweepPace = { firstAfterMs: 5_000, betweenMs: 180_000, breathMs: 20 };

/** @param deps.today 'YYYY-MM-DD', where the event is */
export function createCloudGalleries(deps: {
  store: Store;
  /** Of the event. */
  sealer: Sealer;
  vision: Pick<Vision, 'packKey'>;
  matching: Matching;
  eventId: number;
  today: () => string;
  pace?: SweepPace;
  log: Logger;
}): CloudGalleries {
  const { store, sealer, vision, eventId, today, pace = usualPace, log } = deps;
  const stopping = new AbortController();
  /** Visits whose galleries are to be searched anew. */
  let outdated: Set<string> | 'all' = new Set();
  let lastBeganMs = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> | undefined;

  function read(visitId: string): { row: CloudGalleryRow; content: CloudGalleryContent } | undefined {
    const row = store.cloudGalleries.get(visitId);
    const content = row && unsealGallery(sealer, row);
    return row && content && { row, content };
  }

  function write(row: Omit<CloudGalleryRow, 'sealed'>, content: CloudGalleryContent): Result<void> {
    const put = store.cloudGalleries.put({ ...row, sealed: sealGallery(sealer, row.visitId, content) });
    // There is something to tell of now.
    return put.ok && content.photos.length > 0 ? store.mails.setDue(row.visitId) : put;
  }

  const hashesOf = (photoIds: readonly number[]): string[] =>
    photoIds.flatMap((id) => store.photos.shown(eventId, id)?.sha256 ?? []);

  /** Searches one gallery anew, and writes it where its photos are others. */
  async function renew(visitId: string): Promise<Result<void>> {
    const before = read(visitId);
    if (before === undefined) return ok(undefined);
    const { packKey, probes, answers } = before.content;
    // Templates of another pack tell nothing of these photos: the gallery has what it had.
    if (packKey !== vision.packKey || probes.length === 0) return ok(undefined);
    const templates = probes.map(floatsOf);
    const found = await findingsFor(
      deps,
      templates.map((template) => ({ packKey, template })),
      new Map(answers.map(({ photoId, isMe }) => [photoId, isMe])),
    );
    for (const template of templates) template.fill(0);
    if (!found.ok) return found;
    const now = read(visitId);
    if (now === undefined) return ok(undefined);
    // The guest has said something meanwhile.
    if (!now.row.sealed.equals(before.row.sealed)) return renew(visitId);
    const photos = found.value.findings.sure.map(({ sha256 }) => sha256);
    if (isSameList(photos, now.content.photos)) return ok(undefined);
    return store.inOneCommit(() => write(now.row, { ...now.content, photos }));
  }

  async function sweep(visitIds: Iterable<string>): Promise<void> {
    for (const visitId of visitIds) {
      const renewed = await renew(visitId);
      if (stopping.signal.aborted) return;
      if (!renewed.ok) {
        log.warn({ fault: renewed.fault }, 'a gallery for the cloud cannot be searched for now');
        outdated = 'all';
        return;
      }
      await sleep(pace.breathMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  function begin(): void {
    timer = undefined;
    lastBeganMs = performance.now();
    const visitIds = outdated === 'all' ? store.cloudGalleries.visitsOf(eventId, today()) : outdated;
    outdated = new Set();
    sweeping = sweep(visitIds)
      .catch((error: unknown) => log.error({ err: error }, 'the galleries for the cloud cannot be searched for'))
      .finally(() => {
        sweeping = undefined;
        if (outdated === 'all' || outdated.size > 0) schedule();
      });
  }

  function schedule(): void {
    if (timer !== undefined || sweeping !== undefined || stopping.signal.aborted) return;
    const rest = lastBeganMs + pace.betweenMs - performance.now();
    timer = setTimeout(begin, Math.max(pace.firstAfterMs, rest)).unref();
  }

  function outdate(which: string): void {
    if (which === 'all') outdated = 'all';
    else if (outdated !== 'all') outdated.add(which);
    schedule();
  }

  return {
    put: (visitId, keepsakes, { packKey, probes, answers, consent }, photoIds) => {
      const opening = keepsakes.find(({ door }) => door !== undefined);
      if (opening?.door === undefined) return ok(undefined);
      const before = read(visitId);
      const row = before?.row ?? {
        ...{ visitId, eventId, contentsId: randomBytes(16).toString('hex') },
        ...{ days: opening.door.days, expiresOn: opening.expiresOn },
      };
      const key = before?.content.key ?? randomBytes(keyBytes).toString('base64');
      const to = { contentsId: row.contentsId, days: row.days, key };
      if (photoIds === undefined && before !== undefined) return ok(to);
      // Whoever borrows a code or a phone for a selfie gets no gallery at home by it: this one is somebody's, whom other doors lead to it.
      const hasOtherDoors = store.keptVisits.ofVisit(visitId).length > keepsakes.length;
      if (before !== undefined && hasOtherDoors && !isOf(before.content, { packKey, probes })) return ok(to);
      // Photos may have come since the guest was searched for.
      outdate(visitId);
      const content: CloudGalleryContent = {
        ...{ key, language: consent.language, packKey, probes: probes.map(base64Of) },
        answers: [...answers].map(([photoId, isMe]) => ({ photoId, isMe })),
        photos: hashesOf(photoIds ?? []),
      };
      // What is the same is not brought there once more.
      const isSame = before !== undefined && JSON.stringify(before.content) === JSON.stringify(content);
      const written = isSame ? ok(undefined) : write(row, content);
      return written.ok ? ok(to) : written;
    },

    answersOf: (visitId, of) => {
      const content = read(visitId)?.content;
      if (content === undefined || !isOf(content, of)) return [];
      return content.answers.map(({ photoId, isMe }) => [photoId, isMe]);
    },

    outdate: () => outdate('all'),

    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await sweeping;
    },
  };
}

/** Whether these templates show nobody but those whose gallery it is; one that is nobody's yet is anybody's. */
function isOf(
  { packKey, probes }: CloudGalleryContent,
  of: { packKey: string; probes: readonly Float32Array[] },
): boolean {
  const ofPack = (key: string) => (template: Float32Array) => ({ packKey: key, template });
  const known = probes.map(floatsOf);
  const isTheirs = known.length === 0 || areAmong(of.probes.map(ofPack(of.packKey)), known.map(ofPack(packKey)));
  for (const template of known) template.fill(0);
  return isTheirs;
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);
