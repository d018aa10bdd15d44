import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import type { Core } from '../../core/index.ts';
import { intervalsAt } from './confidence.ts';
import { detOf } from './det.ts';
import { scoresByLabel, strangersAmong } from './metrics.ts';
import type { Recognition } from './recognition.ts';
import { reportOf, type PicturedError } from './report/report.ts';
import { seeded } from './seeded.ts';

// The same sets are drawn each time.
const seed = 1;
const mostErrors = 24;

/** Writes what was measured as a page for a person, with its worst errors as pictures. @returns report.not-writable where it cannot */
export async function writeReport(
  core: Core,
  dir: string,
  recognition: Recognition,
  target: string,
): Promise<Result<void>> {
  const { figures, probes, labels } = recognition;
  const picture = await openPictures(core);
  try {
    const pictured = async (error: { probe: string; photo: string; score: number | null; cause?: string }) => {
      const caption = [error.cause, error.score?.toFixed(3), error.probe, error.photo].filter(Boolean).join(' · ');
      return {
        caption,
        probe: await picture.of(path.resolve(dir, error.probe)),
        photo: await picture.of(path.resolve(dir, error.photo)),
        face: faceIn(core, recognition, error),
      } satisfies PicturedError;
    };
    const { photos, faces, probes: probeCount } = figures;
    const report = reportOf({
      title: path.basename(path.resolve(dir)),
      pack: core.pack.manifest.title,
      figures,
      intervals: intervalsAt(figures.threshold, probes, labels, seeded(seed)),
      thresholds: { sure: figures.threshold, maybe: figures.maybe.threshold },
      counts: { photos, faces, probes: probeCount },
      causes: figures.causes,
      det: detOf(probes, labels),
      strangers: strangersAmong(probes, labels),
      ...scoresByLabel(probes, labels),
      // The most surprising first: those that were farthest from being right.
      misses: await inTurn(figures.misses.toReversed().slice(0, mostErrors), pictured),
      falseHits: await inTurn(figures.falseHits.slice(0, mostErrors), pictured),
    });
    await writeFile(target, report);
    return ok(undefined);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return fail('report.not-writable', error.message);
  } finally {
    await picture.close();
  }
}

/** Small copies as data: addresses. */
async function openPictures(core: Core) {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'findme-report-'));
  const known = new Map<string, string | undefined>();
  return {
    of: async (file: string): Promise<string | undefined> => {
      if (known.has(file)) return known.get(file);
      const copies = { thumbnail: path.join(dir, 'thumbnail.jpg'), screen: path.join(dir, 'screen.jpg') };
      const made = await core.vision.derive(file, copies);
      const source = made.ok ? `data:image/jpeg;base64,${await readFile(copies.thumbnail, 'base64')}` : undefined;
      known.set(file, source);
      return source;
    },
    close: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Where the compared face lies: fractions of the photo. */
function faceIn(
  { store }: Core,
  { probes, eventId }: Recognition,
  { probe, photo }: { probe: string; photo: string },
): PicturedError['face'] {
  const faceId = probes.find((one) => one.probe === probe)?.faces?.get(photo);
  const face = faceId === undefined ? undefined : store.faces.find(faceId);
  const size = face && store.photos.shown(eventId, face.photoId);
  if (face === undefined || size === undefined) return undefined;
  return {
    x: face.x / size.width,
    y: face.y / size.height,
    width: face.width / size.width,
    height: face.height / size.height,
  };
}

async function inTurn<T, U>(values: readonly T[], work: (value: T) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (const value of values) done.push(await work(value));
  return done;
}
