import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../preload/index.ts';
import type { Core, Match, FoundPhotos } from '../core/index.ts';
import { eventOfFolder, ingestFiles, photosOf } from './ingestFiles.ts';
import { counted } from './output.ts';
import { inSession, withCore, type CommonOptions, type ExitCode, type Places } from './session.ts';
import { printable } from './texts.ts';

/** x, y, width, height: pixels of the upright photo, rounded. */
type BoxNumbers = [number, number, number, number];

interface FoundPhoto {
  path: string;
  /** Of the selfie with the photo's face; `strength`, which is decided by, counts its likeness to the surest of the others as well. */
  score: number;
  strength: number;
  decision: Match['decision'];
  box: BoxNumbers;
  copies?: string[];
}

/** `match --photos DIR --selfie FILE` */
export const match = (
  places: Places,
  options: CommonOptions & { photos: string; selfie: string; event?: string },
): Promise<ExitCode> =>
  inSession(places, options, async (session) => {
    // The selfie first: it is quick to see that it cannot be read, and slow to learn so after a thousand photos.
    const selfie = await readSelfie(options.selfie);
    if (!selfie.ok) return selfie;
    const files = await photosOf(options.photos, session);
    if (!files.ok) return files;

    const library = options.library === undefined ? 'temporary' : 'given';
    return withCore(places, session, library, async (core) => {
      const event = options.event ?? eventOfFolder(options.photos);
      const ingested = await ingestFiles(core, event, files.value.files, session);
      if (!ingested.ok) return ingested;
      const visit = await core.guests.findPhotos(ingested.value.eventId, selfie.value);
      if (!visit.ok) return visit;

      const { probe, searchedFaces, timings } = visit.value;
      const photos = photosFound(core, visit.value, options.photos, files.value.files);
      const { problems, notes, milliseconds } = ingested.value;
      session.output.result(
        {
          faces: searchedFaces,
          photos,
          selfie: { faces: probe.facesInSelfie, box: boxNumbers(probe.face.box) },
          timings: { ingest: milliseconds, ...timings },
          problems: [...files.value.unreadable, ...problems],
          notes,
        },
        () => [
          ...photos.map(
            ({ path: file, strength, decision }) => `${decision.padEnd(5)}  ${strength.toFixed(3)}  ${printable(file)}`,
          ),
          `${counted(photos.length, 'photo')} of this person among ${counted(searchedFaces, 'face')}, ${timings.total.toFixed(0)} ms from the selfie.`,
        ],
      );
      return ok(problems.length === files.value.files.length ? 1 : 0);
    });
  });

async function readSelfie(file: string): Promise<Result<Uint8Array>> {
  try {
    const bytes = await readFile(file);
    return bytes.length === 0 ? fail('photo.empty', file) : ok(bytes);
  } catch (error) {
    return fail('photo.unreadable', error instanceof Error ? error.message : file);
  }
}

/** The matches as files of the folder that was asked for, named the way it was named. A library may know of more files than are there now. */
function photosFound(core: Core, { matches }: FoundPhotos, dir: string, files: readonly string[]): FoundPhoto[] {
  const present = new Set(files);
  return matches.flatMap(({ photoId, faceId, score, strength, decision }) => {
    const found = core.store.photos
      .originsOf(photoId)
      .filter((file) => present.has(file))
      .map((file) => path.join(dir, path.relative(path.resolve(dir), file)));
    const first = found.at(0);
    const box = core.store.faces.boxOf(faceId);
    if (first === undefined || box === undefined) return [];
    const photo = { path: first, score, strength, decision, box: boxNumbers(box) };
    return [found.length === 1 ? photo : { ...photo, copies: found.slice(1) }];
  });
}

const boxNumbers = (box: { x: number; y: number; width: number; height: number }): BoxNumbers => [
  Math.round(box.x),
  Math.round(box.y),
  Math.round(box.width),
  Math.round(box.height),
];
