import { ok } from '../../preload/index.ts';
import { eventOfFolder, ingestFiles, photosOf } from './ingestFiles.ts';
import { counted } from './output.ts';
import { inSession, withCore, type CommonOptions, type ExitCode, type Places } from './session.ts';

/** `ingest --photos DIR` */
export const ingest = (
  places: Places,
  options: CommonOptions & { photos: string; event?: string; retry?: boolean },
): Promise<ExitCode> =>
  inSession(places, options, async (session) => {
    const files = await photosOf(options.photos, session);
    if (!files.ok) return files;
    const { files: photos, unreadable } = files.value;
    return withCore(places, session, 'given', async (core) => {
      const event = options.event ?? eventOfFolder(options.photos);
      const ingested = await ingestFiles(core, event, photos, session, { isRetry: options.retry === true });
      if (!ingested.ok) return ingested;

      const { eventId, taken, known, problems, notes, milliseconds } = ingested.value;
      const { indexed, quarantined } = core.store.photos.count(eventId);
      const faces = core.store.faces.count(eventId);
      const seconds = milliseconds / 1000;
      const library = session.config.libraryDir;
      session.output.result(
        {
          library,
          event,
          files: photos.length,
          taken,
          known,
          indexed,
          quarantined,
          faces,
          seconds,
          problems: [...unreadable, ...problems],
          notes,
        },
        () => [
          `${counted(photos.length, 'file')}: ${String(taken)} taken, ${String(known)} known, ${String(problems.length)} with problems, in ${seconds.toFixed(1)} s`,
          `The event now has ${counted(indexed, 'searchable photo')} with ${counted(faces, 'face')}.`,
          `Library: ${library}`,
        ],
      );
      return ok(problems.length === photos.length ? 1 : 0);
    });
  });
