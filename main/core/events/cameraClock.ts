import type { EventSettings } from '../../../preload/index.ts';

/** How the camera behind a watched folder keeps time. @param folder undefined for photos that came by none */
export function cameraClockOf(
  settings: Pick<EventSettings, 'timeZone' | 'folders'> | undefined,
  folder: string | undefined,
): { timeZone: string; correctionSeconds: number } {
  const watched = settings?.folders.find(({ path }) => path === folder);
  return { timeZone: settings?.timeZone ?? 'UTC', correctionSeconds: watched?.clockCorrectionSeconds ?? 0 };
}
