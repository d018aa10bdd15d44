import { ok, type Result, type Source } from '../../../preload/index.ts';
import type { Capture } from '../store/index.ts';
import type { CameraClock } from '../library/index.ts';
import { eventTimeOf } from '../library/index.ts';
import type { Desk } from './desk.ts';

/** Sets a camera's clock right by a photo of the station's: what the photo shows against what the camera wrote. */
export interface ClockPhoto {
  /** @param folder whose photos are looked at from now on; undefined: none any more */
  await(folder: string | undefined): void;
  stateOf(folder: string): Source['clock'];
  /** A photo has been searched. */
  look(photoId: number): Promise<void>;
}

// Nobody needs longer to photograph a screen and to have the photo copied.
const patienceMs = 15 * 60_000;
// What the station shows: seconds since 1970.
const codeShape = /^findme-clock:(\d{9,11})$/;

export function createClockPhoto(desk: Desk, onChanged: () => void): ClockPhoto {
  let awaited: { folder: string; untilMs: number } | undefined;
  let read: string | undefined;

  const folderNow = (): string | undefined =>
    awaited !== undefined && performance.now() < awaited.untilMs ? awaited.folder : undefined;

  function correct(folder: string, correctionSeconds: number): Result<unknown> {
    const ground = desk.ground();
    const event = ground?.events.active();
    if (ground === undefined || event === undefined) return ok(undefined);
    const folders = event.settings.folders.map((one) =>
      one.path === folder ? { ...one, clockCorrectionSeconds: correctionSeconds } : one,
    );
    return ground.events.apply(event.id, { folders });
  }

  return {
    await: (folder) => {
      read = undefined;
      awaited = folder === undefined ? undefined : { folder, untilMs: performance.now() + patienceMs };
      onChanged();
    },
    stateOf: (folder) => (folderNow() === folder ? 'awaited' : read === folder ? 'read' : 'idle'),
    look: async (photoId) => {
      const folder = folderNow();
      const [ground, services] = [desk.ground(), desk.services()];
      if (folder === undefined || ground === undefined || services === undefined) return;
      const { photos } = ground.store;
      if (photos.folderOf(photoId) !== folder) return;
      const capture = photos.captureOf(photoId);
      const file = services.library.fileOf(photoId);
      if (capture?.at === undefined || file === undefined) return;
      const code = await services.vision.readCode(file);
      const seconds = code.ok ? codeShape.exec(code.value.text ?? '')?.[1] : undefined;
      if (seconds === undefined) return;
      const timeZone = ground.events.active()?.settings.timeZone ?? 'UTC';
      const corrected = correct(folder, correctionOf(Number(seconds), capture, timeZone));
      if (!corrected.ok) desk.log.error({ fault: corrected.fault }, 'a camera’s clock cannot be corrected');
      awaited = undefined;
      read = folder;
      onChanged();
    },
  };
}

/** What has to be added to the camera's clock, seconds. @param shown by the station's clock, seconds since 1970 */
export function correctionOf(
  shown: number,
  capture: Pick<Capture, 'at' | 'utcOffsetMinutes'>,
  timeZone: string,
): number {
  const uncorrected: CameraClock = { timeZone, correctionSeconds: 0 };
  const written = eventTimeOf(capture, uncorrected);
  const truth = eventTimeOf(
    { at: new Date(shown * 1000).toISOString().slice(0, 19), utcOffsetMinutes: 0 },
    uncorrected,
  );
  return (Date.parse(`${truth ?? ''}Z`) - Date.parse(`${written ?? ''}Z`)) / 1000;
}
